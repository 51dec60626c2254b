"""Countries by every name they go by: old and new, whole and short, in pairs; and what only looks like one."""

from __future__ import annotations

import pytest

from app.extract.clean import sort_zones
from app.extract.mentions import find_mentions
from app.extract.pack import load_pack
from app.extract.text import read
from app.knowledge.load import load_knowledge

NAMES = {
    "en": {
        "The president of {} arrived in Paris for talks.": (
            "CD:the DRC|CI:Cote d’Ivoire|CZ:Czechia|KG:the Kyrgyz Republic|KP:the DPRK|MM:Burma|SZ:Eswatini|TR:Türkiye"
            "|TL:Timor-Leste|RS:the Federal Republic of Yugoslavia|VC:St. Vincent and the Grenadines|ZA:South Africa"
        ),
        "A {} delegation arrived in Paris for talks.": (
            "CZ:Czech|BW:Motswana|BY:Belarussian|CD:Congolese|DO:Dominican|GB:UK|LA:Lao|LS:Basotho|MG:Malagasy"
            "|NE:Nigerien|PH:Philippine|TH:Thai|US:US|VU:Ni-Vanuatu|WS:Samoan|NZ:New Zealand|GW:Bissau-Guinean"
        ),
        "{} said on Monday that it had rejected the offer of France.": (
            "IR:But Iran|US:Yesterday US|TD:But Chad|RU:The Kremlin|PE:While Peru"
        ),
        "{} talks were held in Geneva.": "CN+RU:Sino-Russian|IL+PS:Israeli-Palestinian|US+CN:US-China",
    },
    "vi": {
        "Bộ trưởng Ngoại giao {} đã thăm Pháp.": (
            "IT:Ý|IT:Italia|IT:I-ta-li-a|AU:Úc|AU:Ô-xtrây-li-a|KR:Hàn Quốc|KP:CHDCND Triều Tiên|CH:Thuỵ Sĩ|CH:Thụy Sỹ"
            "|SA:Ả-rập Xê-út|SA:A-rập Xê-út|SA:Ả Rập Saudi|MA:Ma-rốc|UA:U-crai-na|UA:Ucraina|MM:Mi-an-ma|CA:Ca-na-đa"
            "|KZ:Ca-dắc-xtan|UZ:U-dơ-bê-ki-xtan|LU:Lúc-xăm-bua|PH:Phi-líp-pin|CI:Bờ Biển Ngà|CF:Trung Phi|RS:Nam Tư"
            "|CZ:CH Séc|DE:CHLB Đức|FI:Phần Lan|NZ:Niu Di-lân|TL:Ti-mo Lét-xtê|VA:Tòa thánh Vatican"
        ),
        "{}, hai bên đã ký hiệp định với Cuba.": "GB:Tại Anh|RU:Theo Nga|LA:Thăm Lào|US:Phía Mỹ|IR:Nếu Iran",
        "Lãnh đạo {} đã gặp nhau.": "RU+CN:Nga - Trung|KR+KP:Hàn - Triều|US+TR:Mỹ - Thổ|VN+BE:Việt - Bỉ",
    },
    "zh": {
        "{}外长抵达法国访问。": (
            "IT:義大利|IT:意大利|NZ:紐西蘭|NZ:新西兰|LA:寮國|LA:老撾|SA:沙烏地阿拉伯|SA:沙特|SA:沙地|UA:烏克蘭|GE:喬治亞"
            "|GE:格鲁吉亚|KE:肯亞|KE:肯尼亚|NG:奈及利亞|NG:尼日利亚|TD:查德|TD:乍得|ML:馬利|TO:東加|ME:蒙特內哥羅|SZ:史瓦帝尼"
            "|SL:獅子山|VU:萬那杜|KN:聖克里斯多福|CD:刚果(金)|CG:刚果(布)|PG:巴紐|RS:南联盟|ID:印尼"
        ),
        "{}两国外长在巴黎举行会谈。": (
            "CN+IN:中印|IN+PK:印巴|PS+IL:巴以|US+IR:美伊|CN+NP:中尼|CN+PK:中巴|CN+PL:中波|RU+TR:俄土|CN+UZ:中乌|CN+IT:中意"
            "|AM+AZ:亚阿|AU+NZ:澳新|CN+SG:中新|JP+KR:日韩|VN+US:越美"
        ),
    },
}


def countries(code: str, written: str) -> set[str]:
    pack = load_pack(code)
    reading = find_mentions(sort_zones(read(written, pack), pack), pack, load_knowledge(), None)
    return {m.country for m in reading.mentions if m.country}


@pytest.mark.parametrize(
    ("code", "sentence", "listed"), [(code, *row) for code, rows in NAMES.items() for row in rows.items()]
)
def test_names_of_countries(code: str, sentence: str, listed: str) -> None:
    pairs = [one.split(":") for one in listed.split("|")]
    missed = [
        name for ids, name in pairs if not set(ids.split("+")) <= countries(code, sentence.replace("{}", name, 1))
    ]
    assert missed == []


OFFICES = {
    "en": "deputy-speaker:French deputy speaker|intelligence-chief:Israeli spy chief"
    "|commissioner:Indian trade commissioner|deputy-national-security-adviser:Indian deputy national security adviser"
    "|senate-president:Polish Senate speaker",
    "vi": "prime-minister:Thủ tướng tạm quyền Thái Lan|foreign-minister:Bộ trưởng Đối ngoại Cuba"
    "|assistant-foreign-minister:Trợ lý Ngoại trưởng Mỹ|army-chief:Tư lệnh Lục quân Ấn Độ"
    "|foreign-minister:Bộ trưởng Ngoại giao và Hội nhập Khu vực Ghana|speaker:Chủ tịch Duma Quốc gia Nga",
    "zh": "president:加拿大总统|crown-prince:英国王储|deputy-defence-minister:以色列国防副部长"
    "|senate-president:波兰参议院主席|assistant-foreign-minister:印度助理外长|army-chief:印度陆军参谋长|intelligence-chief:韩国国家情报院院长"
    "|defence-minister:白俄罗斯防务部长|deputy-national-security-adviser:美国副国家安全顾问",
}


@pytest.mark.parametrize("code", OFFICES)
def test_offices_of_countries(code: str) -> None:
    behind = {"en": " arrived in Geneva.", "vi": " đã đến Geneva.", "zh": "抵达日内瓦。"}[code]
    pack, missed = load_pack(code), []
    for office, phrase in (one.split(":") for one in OFFICES[code].split("|")):
        text = sort_zones(read(phrase + behind, pack), pack)
        if office not in {m.office for m in find_mentions(text, pack, load_knowledge(), None).mentions if m.country}:
            missed.append(phrase)
    assert missed == []


@pytest.mark.parametrize(
    ("code", "sentence", "wrong"),
    [
        ("en", "Michael Chad said that the talks had begun.", "TD"),
        ("vi", "Bà Tuấn Anh và ông Nguyễn Mỹ Đức đã tới dự.", "DE"),
        ("vi", "Các nước Trung Mỹ đã họp với Pháp.", "US"),
        ("zh", "史瓦济兰新任大使德拉米尼大使到任。", "NP"),
        ("zh", "会议以中文举行,与会的有法国外长。", "CN"),
        ("zh", "巴西和阿根廷签署协议,巴方表示满意。", "PK"),
    ],
)
def test_what_only_looks_like_a_country(code: str, sentence: str, wrong: str) -> None:
    assert wrong not in countries(code, sentence)
