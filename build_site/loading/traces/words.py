"""The words by which tables of people and secret papers are known.

Owns the lists of words and signs, each as one compiled pattern. Must not know tables, texts or files.
"""

from __future__ import annotations

import re

from build_site.model.finding import Message

NAME = re.compile(
    r".*(?:姓名|名字)|申请人|持证人|当事人|户主|受益人|优抚对象|退役军人|退役士兵|军属|烈属|考生|学员|伤残人员|残疾军人|残疾人|获奖人员?"
    r"|入围人员|拟录用人员|拟聘用人员|(?:服务|补助|救助|帮扶|优待|资助)对象"
)
NO_PERSON = re.compile(r"(?:联系人|负责人|经办人|领导|校长|院长|法人|法定代表人|项目|单位|企业|机构|附件|作者|主任).*")
STAFF = re.compile(
    r"办公电话|办公地[址点]|办公室|科室|处室|窗口|联系人|值班|工作时间|服务时间|分工|分管|监督电话|执法证|执法区域|主持人"
)
POST = re.compile(r"职务|单位|职称|岗位|职位|部门|机构")
VALUE = re.compile(
    r"(?P<identity>身份证|身份号码|公民身份|证件号)|(?P<card>银行卡|卡号|[账帐]号|社保卡|社会保障卡)"
    r"|(?P<address>住址|家庭地址|家庭详细地址|居住地|户籍地址|户口地址|户口所在地|通讯地址|通信地址|联系地址|详细地址)|(?P<phone>电话|手机|联系方式)"
)
VALUE_NAMES = {
    "identity": Message("身份证件号码", "numbers of identity papers"),
    "card": Message("银行卡号或账号", "bank card or account numbers"),
    "address": Message("住址", "home addresses"),
    "phone": Message("电话号码", "telephone numbers"),
}
OTHER_NUMBER = re.compile(
    r"编号|文号|字号|备案|案号|流水|单号|代码|准考证|考号|序号|标识码|学号|档案|编码|合同|批号|索引|注册号|执照|税号|许可证|登记|金额|合计"
)
MILITARY = re.compile(
    r"军官证|士兵证|文职人员证|军人证|优待证|残疾军人证|伤残军人证|伤残证|退伍证|退役证|复员证|转业证"
)
HEALTH = re.compile(
    r"(?:残疾|伤残|致残)(?:等级|类别|类型|性质|情形|情况|原因)|残情|伤情|病种|病名|疾病|病情|诊断|健康状况"
)
HEALTHY = re.compile(r"(?:无|否|健康|良好|正常|[—/\\　-])*")
SCHOOL = re.compile(r"学校|幼儿园|班级|年级|就读|监护人|家长|住址|家庭地址")
AGE = re.compile(r"年龄")
YOUNG = re.compile(r"小学|幼儿园|托班|[一二三四五六]年级")
MASK = re.compile(r"[*＊×✕○〇●■█#]|[xX]{2,}|…|\.{3,}")
UNNAMED = re.compile(r"[*＊×✕○〇某]")
ADDRESS = re.compile(r"[\d一二三四五六七八九十]+\s*(?:号|室|弄|栋|幢|单元|楼|组|巷|座)")
LANDLINE = re.compile(r"(?:\(?0\d{2,3}\)?[- ]?)?[2-8]\d{6,7}")
DIGITS = re.compile(r"\d{12,}[Xx]?")
NO_NAME = frozenset({"合计", "小计", "总计", "姓名", "备注", "不限", "若干", "暂无", "样例", "示例", "填写", "说明"})
FULL_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{2,8}·[\u4e00-\u9fff]{2,8}")
ANY_NAME = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff*＊×○〇]{1,3}|[\u4e00-\u9fff]{2,8}·[\u4e00-\u9fff]{2,8}")


_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖"
    "贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢齐易乔伍庞颜倪庄聂章鲁岳翟殷詹"
    "申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓"
    "古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻"
    "苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平"
    "计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼"
    "居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
SURNAME = re.compile(
    rf"[{_SURNAMES}]|欧阳|上官|皇甫|令狐|诸葛|司徒|司马|申屠|夏侯|尉迟|长孙|慕容|端木|公孙|东方|独孤|南宫"
)
_COMMON = _SURNAMES[:110]
_WHO = rf"(?P<name>[{_COMMON}][\u4e00-\u9fff]{{1,2}})(?:同志)?[，,、（(]\s*[男女](?=[，,、）)；])"
PERSON_HEALTH = re.compile(
    _WHO
    + r"[^。；\n]{0,80}?(?:[一二三四五六七八九十1-9]{1,2}级(?:伤残|残疾)|(?:伤残|残疾)等级|(?:精神|肢体|视力|听力|智力)残疾"
    r"|患(?:有)?[\u4e00-\u9fff]{1,8}(?:病|癌|症|瘤)|尿毒症|白血病)"
)
PERSON_YOUNG = re.compile(_WHO + r"[^。；\n]{0,60}?(?:小学|幼儿园)(?:[^。；\n]{0,12}(?:年级|班|就读|学生)|)")
MILITARY_NUMBER = re.compile(
    r"(?:军官证|士兵证|文职干部证|文职人员证|军人身份证|军人证|优待证|残疾军人证|伤残军人证|伤残人民警察证|退伍证|退役证|复员证|转业证)件?"
    r"(?:的?(?:编号|号码|证号|号|编码)[:：为是\s]{0,3}|\s?[:：]\s?)[\u4e00-\u9fff]{0,3}[字第]{0,2}\s?(?P<number>[A-Za-z]{0,2}\d{5,})"
    r"(?!\d|\.\d|\s*(?:人|张|件|份|个|元|名|余|多|本|次|年|枚|册|万|亿))"
    r"|(?:军|士|空|海|参|后|装)字第\s?(?P<card>\d{6,8})\s?号?"
    r"|(?<![0-9])(?P<unit>\d{5})\s?部队"
)

SECRET_MARK = re.compile(
    r"(?<![“\"‘「『/、])(?:绝密|机密|秘密)\s?[★☆✩✭]"
    r"|密\s?级\s?[:：]\s?[【\[]?(?:绝密|机密|秘密|内部)(?![、，,/或和及级])"
)
_INTERNAL = r"内\s?部\s?(?:资\s?料|文\s?件|材\s?料|使\s?用)"
_KEEP = r"(?:注意保[存密]|严禁外[传泄]|请勿外[传泄]|不得外[传泄]|禁止外[传泄]|妥善保管)"
_OPENING, _CLOSING = r"[\s【\[（(*>]*", r"[\s】\]）)。!！*]*"
INTERNAL_MARK = re.compile(rf"{_OPENING}{_INTERNAL}[\s，,。!！·★—-]*{_KEEP}{_CLOSING}")
MARK_ALONE = re.compile(rf"{_OPENING}(?:绝\s?密|机\s?密|秘\s?密|{_INTERNAL}){_CLOSING}")
