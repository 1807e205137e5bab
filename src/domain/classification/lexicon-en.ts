// English words and phrases of praise and complaint about products and support, written for this product. A word stands for its simple
// forms too (`helped`, `helping`, `helps`). Weights: 3 strong, 2 clear, 1 mild.
import { lexicon } from './lexicon.ts';

export const ENGLISH = lexicon({
  3: `amazing|awesome|excellent|exceptional|fantastic|flawless|incredible|outstanding|perfect|perfection|phenomenal|superb|terrific|wonderful|
    brilliant|stellar|best|love|loved|loving|delighted|thrilled|lifesaver|life saver|game changer|top notch|first class|world class|
    five stars|5 stars|10 out of 10|second to none|above and beyond|blown away|couldn't be happier|could not be happier|couldn't ask for more|
    highly recommend|can't fault|cannot fault|must have|spot on|hats off|rock solid|worth every penny|exceeded my expectations|exceeded expectations`,
  2: `great|good|happy|pleased|impressed|impressive|satisfied|satisfying|enjoy|enjoyed|nice|lovely|beautiful|gorgeous|glad|grateful|thankful|
    thanks|thank|thx|cheers|appreciate|appreciated|recommend|recommended|helpful|friendly|kind|polite|courteous|patient|professional|
    knowledgeable|attentive|responsive|caring|thoughtful|understanding|efficient|effective|fast|quick|quickly|swift|prompt|promptly|speedy|
    seamless|smooth|smoothly|easy|easily|simple|straightforward|effortless|intuitive|painless|hassle free|reliable|stable|dependable|solid|
    trustworthy|honest|fair|affordable|bargain|superior|useful|handy|convenient|comfortable|elegant|clean|powerful|robust|delicious|
    tasty|fresh|fun|cool|win|winner|solved|resolved|fixed|fixed it|sorted|works well|works great|works perfectly|worked perfectly|
    works like a charm|just works|problem solved|no problem|no problems|no issues|no complaints|no hassle|no fuss|never fails|never failed|
    never let me down|not bad|well done|well made|well designed|well written|keep it up|keep up the good work|good value|great value|
    value for money|in no time|on time|ahead of schedule|right away|straight away|within minutes|same day|thumbs up|can't complain|
    cannot complain|can't go wrong|can't wait|cannot wait|saved me|saves me|worth it|well worth|big fan|far better|much better|way better|so much better`,
  1: `ok now|better|improved|improvement|improving|decent|fine|clear|clearly|helped|help|liked|like|likes|welcome|worth|working now|
    works|worked|pleasant|calm|quiet|lightweight|flexible|modern|accurate|secure|safe|cheap|free of charge|bonus|plus|positive|success|
    successful|succeeded|gain|reasonable|reasonably priced|welcoming|warm|sweet|neat|sleek|sturdy|durable|safely|instantly|immediately|
    understood|listened|explained|resolved it|answered all|answered my|no longer a problem|finally works|finally fixed`,
  '-1': `slow|slowly|late|delay|delays|delayed|issue|issues|problem|problems|bug|bugs|trouble|difficulty|difficulties|complicated|complex|
    confusing|confused|unclear|limited|missing|lack|lacks|lacking|inconvenient|inconsistent|outdated|old fashioned|clunky|cluttered|pricey|
    expensive|costly|overkill|long time|takes ages|too long|too many steps|too much|too many|hard to|hard|difficult|tricky|steep learning curve|
    noisy|loud|heavy|bulky|flimsy|small print|glitch|glitches|glitchy|lag|laggy|lags|error|errors|unfortunately|sadly|concern|concerns|
    worried|worry|doubt|unsure|meh|mediocre|underwhelming|so so|could be better|could have been better|could be improved|room for improvement|
    needs improvement|needs work|not there yet|should be better|wish|expected more|expected better|less than|downside|drawback|lacklustre|
    bland|dull|boring|tired of|still waiting|wait|days to|weeks to|months to|hours to|no reply yet|had to call|had to ask|had to wait|several times|many times|again and again|twice already`,
  '-2': `bad|poor|poorly|disappoint|disappointed|disappointing|disappointment|dissatisfied|unsatisfied|unhappy|upset|annoy|annoyed|annoying|
    frustrated|frustrating|frustration|fail|fails|failed|failure|failing|broke|broken|break|breaks|crash|crashes|crashed|crashing|freezes|
    frozen|wrong|incorrect|faulty|defective|defect|damaged|damage|rude|unfriendly|impolite|arrogant|dismissive|ignored|ignore|ignores|
    unhelpful|useless|unprofessional|incompetent|clueless|careless|unreliable|unstable|unusable|unacceptable|unresponsive|overpriced|rip off|
    ripoff|ripped off|overcharged|hidden fees|hidden costs|complain|complained|complaint|complaints|refund|return it|returned it|sent it back|
    cancel|cancelled|canceled|cancelling|switching to|switched away|leaving|regret|sorry|hate|hated|dislike|disliked|avoid|beware|nonsense|
    mess|messy|ugly|dirty|stinks|smelly|cold food|lost|stuck|stopped working|stop working|does not work|doesn't work|didn't work|did not work|
    not working|won't work|never works|never worked|no response|no reply|no answer|no help|never arrived|never came|never got|never received|
    did not arrive|didn't arrive|has not arrived|hasn't arrived|still not|still broken|still no|let down|lets me down|letdown|waste|wasted|
    waste of time|waste of money|not worth|too expensive|too slow|too late|too hard|too complicated|lied|lie|lies|misleading|deceptive|
    runaround|passed around|copy paste|copy and paste|canned|read the manual|thanks for nothing|waited forever|waited days|waited weeks|waited hours|
    hung up|on hold|gave up|giving up|fed up|sick of|had enough|no idea|missing parts|data loss|lost my data|lost data|unanswered|pathetic|lousy`,
  '-3': `terrible|horrible|awful|worst|disaster|disastrous|disgusting|dreadful|atrocious|abysmal|appalling|garbage|trash|rubbish|crap|
    shit|joke|nightmare|scam|scammers|fraud|fraudulent|theft|thieves|ridiculous|outrageous|furious|angry|infuriating|unbelievable|despise|
    never again|never buy|never use|don't buy|do not buy|stay away|steer clear|piece of junk|junk|one star|1 star|zero stars|0 stars|
    worst ever|absolute joke|not recommend|don't recommend|do not recommend|wouldn't recommend|would not recommend|cannot recommend|can't recommend`,
});

/** What is only wished for or asked, though its words sound like praise. */
export const ENGLISH_FLAT: ReadonlySet<string> = new Set([
  'would like',
  'would be nice',
  'would be great',
  'would be good',
  'would be helpful',
  'would love',
  'it would help',
  'nice to have',
  'be nice to',
  'be great to',
  'be good to',
  'be better if',
  'please help',
  'need help',
  'needed help',
  'help center',
  'help desk',
  'help page',
  'customer care',
  'looks like',
  'feels like',
  'sounds like',
  'something like',
  'things like',
  'like to',
  'good morning',
  'good afternoon',
  'as well as',
  'such as',
  'right now',
  'thanks in advance',
  'kind of',
  'a kind of',
  'what kind',
  'best regards',
  'kind regards',
  'at best',
  'fast food',
  'error message',
  'for fun',
]);

/** Turn the next words round. */
export const ENGLISH_NEGATION: ReadonlySet<string> = new Set(
  `not no never nor neither cannot without hardly barely scarcely nothing nobody none isn't wasn't aren't weren't don't doesn't didn't
  won't wouldn't can't couldn't shouldn't hasn't haven't hadn't ain't dont doesnt didnt cant wont isnt wasnt couldnt wouldnt far`.split(
    /\s+/,
  ),
);

export const ENGLISH_BOOST: ReadonlySet<string> = new Set(
  'very really so extremely incredibly super absolutely totally completely truly highly always most such exceptionally insanely'.split(
    ' ',
  ),
);

export const ENGLISH_DAMP: ReadonlySet<string> = new Set(
  'slightly somewhat fairly quite rather bit little sometimes occasionally mostly almost partly relatively pretty'.split(
    ' ',
  ),
);

/** What comes after weighs more than what came before. */
export const ENGLISH_CONTRAST: ReadonlySet<string> = new Set(
  'but however though although yet except unfortunately'.split(' '),
);
