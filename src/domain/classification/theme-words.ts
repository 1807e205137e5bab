// What customers talk about, and the words they do it with; English as whole words (`*` for any ending), Chinese as they stand.
import type { Theme } from './classification.ts';

export const THEME_WORDS: Readonly<Record<Theme, { readonly en: string; readonly zh: string }>> = {
  quality: {
    en: 'quality|material*|durable|durability|flimsy|sturdy|defect*|faulty|broken|broke|build|well made|cheaply made|taste*|tasty|delicious|food|fresh*|fit|sound|picture|screen|battery|fabric|texture|wear*',
    zh: '质量|品质|材质|做工|面料|布料|手感|口感|味道|好吃|难吃|新鲜|结实|耐用|粗糙|瑕疵|破损|坏了|掉色|起球|画质|音质|屏幕|电池|效果|保湿|滋润|异味|干净|质感|外观|内饰',
  },
  features: {
    en: 'feature*|function*|option*|export*|import*|integration*|api|dashboard|report*|setting*|customi*|filter*|search*|missing|would like|add support|dark mode|calendar|notification*|template*|plugin*|port|ports|keyboard|camera|memory|storage|wifi|bluetooth|menu|selection|variety|choice*',
    zh: '功能|选项|导出|导入|接口|集成|报表|设置|自定义|筛选|搜索|模板|插件|通知|希望增加|希望能|建议增加|建议加|希望加|缺少|配置|导航|摄像|倒车|蓝牙|天窗|空间|后备箱|种类|款式|支持',
  },
  price: {
    en: 'price*|pricing|pricey|expensive|overpriced|cheap|cheaper|cost*|value|worth|afford*|bargain|money|fee|fees|discount*|charge*|overcharged|billing|invoice*|subscription|refund*|pay|paid|paying|rip off|deal|budget',
    zh: '价格|价钱|性价比|便宜|贵|划算|实惠|优惠|打折|折扣|降价|涨价|收费|费用|扣费|账单|发票|钱|值得买|物超所值|不值|超值|活动价|赠品|套餐',
  },
  attitude: {
    en: 'rude|polite*|friendl*|unfriendly|kind|courte*|attitude|patient*|impatient|helpful|unhelpful|caring|professional*|unprofessional|arrogant|dismissive|respect*|disrespect*|welcoming|attentive|staff|waiter*|waitress*|server|servers|agent*|representative*|team',
    zh: '态度|客服|服务|耐心|热情|礼貌|亲切|友好|敷衍|冷漠|傲慢|不耐烦|爱理不理|爱答不理|周到|贴心|细心|专业|店员|服务员|销售|掌柜|店家|卖家|老板|人员',
  },
  speed: {
    en: 'fast|faster|quick*|slow*|speed*|prompt*|swift*|wait*|minute*|hours|delay*|response time|reply|replied|respond*|responsive|took|takes|in no time|right away|immediately|instantly|forever|lag*|same day',
    zh: '速度|快速|迅速|及时|秒回|很快|太慢|慢|等了|等待|久|半天|效率|高效|响应|回复|延迟|排队|拖延|马上|立刻',
  },
  delivery: {
    en: 'deliver*|shipping|shipped|shipment|ship|package|packaging|packaged|parcel|courier|arriv*|dispatch*|tracking|postage|box',
    zh: '物流|快递|配送|送货|发货|到货|收货|包装|包裹|送达|骑手|外卖员|派送|运费|寄|送到|送来|签收|邮寄',
  },
  ease: {
    en: 'easy|easily|easier|ease|simple|simpl*|intuitive|straightforward|user friendly|confus*|complicated|complex|difficult*|hard to|clunky|interface|ui|usability|learn*|setup|set up|install*|navigat*|use|usable|unusable|instructions|documentation|onboarding|convenient|convenience|comfortable|portable|lightweight|size',
    zh: '好用|难用|易用|简单|方便|复杂|繁琐|上手|操作|界面|使用|安装|教程|说明书|文档|看不懂|找不到|便捷|麻烦|轻松|舒服|舒适|省事',
  },
  reliability: {
    en: "reliab*|unreliab*|stable|stability|crash*|bug|bugs|buggy|error*|freez*|frozen|outage*|downtime|down|offline|disconnect*|glitch*|stopped working|doesn't work|does not work|not working|fail|fails|failed|failing|die|dies|died|lost data|data loss",
    zh: '稳定|闪退|崩溃|卡顿|卡死|掉线|报错|出错|故障|死机|黑屏|bug|毛病|异响|漏油|打不开|登不上|登录不了|用不了|连不上|坏了|失灵|抖动|油耗|动力|安全|耐用|正常',
  },
  resolution: {
    en: 'solve*|resol*|fixed|fix|sorted|ticket*|answer*|solution*|support|helped|help|customer service|warranty|replacement|replaced|exchange|return*|refund*|complain*|follow up|escalat*|issue|case|assist*|technician*',
    zh: '解决|处理|售后|退货|退款|换货|维修|修好|保修|投诉|反馈|跟进|搞定|工单|答复|赔偿|理赔|补发|补偿',
  },
  trust: {
    en: 'trust*|honest*|dishonest|scam*|fraud*|lie|lied|lies|mislead*|brand*|reputation|privacy|security|secure|genuine|authentic|fake|recommend*|loyal*|company|years|always buy|again|safe|confiden*|promise*',
    zh: '信任|信赖|相信|诚信|品牌|口碑|正品|假货|仿品|骗|虚假|欺诈|隐私|安全|老顾客|回购|一直用|一直买|一直在用|再来|推荐|大牌|值得信赖|放心|官方|旗舰店',
  },
};
