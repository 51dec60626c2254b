"""The closed lists: topics and types of events, with what they are called in the three languages."""

from __future__ import annotations

from app.records import EventType, Topic

Called = tuple[str, str, str]
"""In English, Vietnamese and Chinese."""

TOPICS: dict[Topic, Called] = {
    Topic.bilateral_relations: ("Bilateral relations", "Quan hệ song phương", "双边关系"),
    Topic.multilateral: ("Multilateral affairs", "Đa phương", "多边事务"),
    Topic.defence: ("Defence", "Quốc phòng", "国防"),
    Topic.security: ("Security", "An ninh", "安全"),
    Topic.conflict: ("Conflict", "Xung đột", "冲突"),
    Topic.arms_control: ("Arms control", "Kiểm soát vũ khí", "军备控制"),
    Topic.maritime: ("Maritime affairs", "Biển", "海洋事务"),
    Topic.territory: ("Territory", "Lãnh thổ", "领土"),
    Topic.human_rights: ("Human rights", "Nhân quyền", "人权"),
    Topic.law: ("Law", "Pháp luật", "法律"),
    Topic.economy: ("Economy", "Kinh tế", "经济"),
    Topic.trade: ("Trade", "Thương mại", "贸易"),
    Topic.investment: ("Investment", "Đầu tư", "投资"),
    Topic.finance: ("Finance", "Tài chính", "金融"),
    Topic.development_aid: ("Development aid", "Viện trợ phát triển", "发展援助"),
    Topic.agriculture: ("Agriculture", "Nông nghiệp", "农业"),
    Topic.energy: ("Energy", "Năng lượng", "能源"),
    Topic.climate: ("Climate", "Khí hậu", "气候"),
    Topic.environment: ("Environment", "Môi trường", "环境"),
    Topic.health: ("Health", "Y tế", "卫生"),
    Topic.education: ("Education", "Giáo dục", "教育"),
    Topic.science_technology: ("Science and technology", "Khoa học và công nghệ", "科技"),
    Topic.digital: ("Digital affairs", "Chuyển đổi số", "数字事务"),
    Topic.infrastructure: ("Infrastructure", "Hạ tầng", "基础设施"),
    Topic.labour: ("Labour", "Lao động", "劳务"),
    Topic.migration: ("Migration", "Di cư", "移民"),
    Topic.consular: ("Consular affairs", "Lãnh sự", "领事"),
    Topic.tourism: ("Tourism", "Du lịch", "旅游"),
    Topic.culture: ("Culture", "Văn hóa", "文化"),
    Topic.people_to_people: ("People-to-people exchange", "Giao lưu nhân dân", "人文交流"),
    Topic.war_legacy: ("Legacies of war", "Hậu quả chiến tranh", "战争遗留问题"),
    Topic.disasters: ("Disasters", "Thiên tai", "灾害"),
    Topic.space: ("Space", "Vũ trụ", "航天"),
}

EVENT_TYPES: dict[EventType, tuple[Called, str]] = {
    EventType.meeting: (("Meeting", "Cuộc gặp", "会见"), "People of two or more parties meet and talk."),
    EventType.phone_call: (("Phone call", "Điện đàm", "通电话"), "They talk by telephone."),
    EventType.video_call: (("Video call", "Hội đàm trực tuyến", "视频会晤"), "They talk by video."),
    EventType.visit: (("Visit", "Chuyến thăm", "访问"), "Someone travels to another party, for one or more days."),
    EventType.conference: (("Conference", "Hội nghị", "会议"), "Many parties come together: a summit or a conference."),
    EventType.negotiation: (("Negotiation", "Đàm phán", "谈判"), "The parties negotiate over a named matter."),
    EventType.mediation: (("Mediation", "Hòa giải", "调解"), "A third party brings others together."),
    EventType.signing: (("Signing", "Ký kết", "签署"), "A treaty, agreement or memorandum is signed."),
    EventType.statement: (("Statement", "Tuyên bố", "声明"), "A party states its position, alone or with others."),
    EventType.message: (
        ("Message", "Điện mừng, thư", "致电、致函"),
        "Congratulations, condolences or a letter are sent.",
    ),
    EventType.credentials: (("Credentials", "Trình quốc thư", "递交国书"), "An ambassador presents credentials."),
    EventType.recognition: (
        ("Recognition", "Công nhận, thiết lập quan hệ", "承认、建交"),
        "A state is recognised, or relations are established.",
    ),
    EventType.aid: (("Aid", "Viện trợ", "援助"), "Goods, money or people are given to help."),
    EventType.protest: (("Protest", "Phản đối", "抗议"), "A party protests by diplomatic means."),
    EventType.sanction: (("Sanction", "Trừng phạt", "制裁"), "Sanctions are imposed."),
    EventType.expulsion: (("Expulsion", "Trục xuất", "驱逐"), "Diplomats are expelled."),
    EventType.recall: (("Recall", "Triệu hồi", "召回"), "An ambassador is recalled."),
    EventType.severance: (
        ("Severance", "Cắt đứt, hạ cấp quan hệ", "断交、关系降级"),
        "Relations are broken off or downgraded.",
    ),
    EventType.rejection: (("Rejection", "Bác bỏ", "拒绝"), "A party rejects a claim, a proposal or a demand."),
}
