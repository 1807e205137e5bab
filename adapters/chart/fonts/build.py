"""Makes AfterwordSans.ttc, the one font file of the charts, out of Debian's Noto packages. See README.md."""
import sys
import tempfile
from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTCollection, TTFont

ROOT, OUT = sys.argv[1], sys.argv[2]
NOTO = ROOT + '/usr/share/fonts/truetype/noto/'


def charset(codec, rows, cells=range(0xA1, 0xFF)):
    """Every character that a two-byte encoding has in these rows."""
    found = set()
    for row in rows:
        for cell in cells:
            try:
                found.update(map(ord, bytes((row, cell)).decode(codec)))
            except UnicodeDecodeError:
                pass
    return found


COMMON = (
    {0x200E, 0x200F} | set(range(0x20, 0x7F)) | set(range(0xA0, 0x180)) | set(range(0x2010, 0x2028)) | set(range(0x202F, 0x2060))
    | set(range(0x2070, 0x20D0)) | set(range(0x2100, 0x2200)) | {0x2212, 0x221E, 0x2260, 0x2264, 0x2265}
    | {0x25A0, 0x25A1, 0x25B2, 0x25BC, 0x25CB, 0x25CF, 0x2713}
)
CJK = (
    COMMON | set(range(0x3000, 0x3100)) | set(range(0xFF00, 0xFFF0))
    | charset('gb2312', range(0xA1, 0xF8))                                                  # simplified Chinese
    | charset('euc_jp', [*range(0xA1, 0xA9), *range(0xB0, 0xF5)])                           # kana, JIS levels 1 and 2
    | charset('big5', range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])          # traditional, level 1
    | charset('euc_kr', range(0xB0, 0xC9))                                                  # the usual Hangul
)
TEXT = ['kern', 'mark', 'mkmk', 'ccmp', 'locl', 'rlig', 'init', 'medi', 'fina', 'isol']
LATIN = COMMON | set(range(0x180, 0x250)) | set(range(0x300, 0x370)) | set(range(0x370, 0x530)) | set(range(0x1E00, 0x1F00))


def rename(font, name):
    for record in font['name'].names:
        if record.nameID in (1, 16):
            record.string = name
        elif record.nameID == 4:
            record.string = name + ' Regular'
        elif record.nameID == 6:
            record.string = name.replace(' ', '') + '-Regular'


def cut(font, name, unicodes, glyphs=(), features=()):
    options = subset.Options()
    options.layout_features = list(features)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.hinting = False
    options.notdef_outline = True
    options.drop_tables += ['BASE', 'VORG', 'vhea', 'vmtx', 'DSIG'] + ([] if features else ['GSUB', 'GPOS', 'GDEF'])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=unicodes, glyphs=glyphs)
    subsetter.subset(font)
    rename(font, name)
    return font


collection = TTCollection(ROOT + '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')
chinese, japanese = collection.fonts[2], collection.fonts[0]
shared = set()
for font in (chinese, japanese):
    # Variation sequences would give the two faces different glyph sets, and then their outlines could not be shared.
    font['cmap'].tables = [table for table in font['cmap'].tables if table.format != 14]
    shared |= {glyph for code, glyph in font.getBestCmap().items() if code in CJK}

# One face for all that is not Han: a renderer that has to change faces within a word cannot join its letters.
folder = tempfile.mkdtemp()
pieces = []
for piece, unicodes in (
    ('NotoSans', LATIN),
    ('NotoSansHebrew', set(range(0x590, 0x600))),
    ('NotoSansArabic', set(range(0x600, 0x700)) | {0x200C, 0x200D}),
):
    pieces.append(f'{folder}/{piece}.ttf')
    cut(TTFont(f'{NOTO}{piece}-Regular.ttf'), 'Afterword Sans', unicodes, (), TEXT).save(pieces[-1])
collection.fonts = [
    cut(chinese, 'Afterword Sans SC', CJK, shared),
    cut(japanese, 'Afterword Sans JP', CJK, shared),
    Merger().merge(pieces),
]
for font in collection.fonts:
    print(font['name'].getDebugName(1), len(font.getBestCmap()), 'characters')
collection.save(OUT, shareTables=True)
