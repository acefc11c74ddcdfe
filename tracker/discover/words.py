"""The closed words by which a name is told from what stands around it, Vietnamese and English.

Entries are written as in texts, lower case; phrases of several words are matched word by word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """A list of phrases; finds the longest that stands at a place."""

    words: frozenset[tuple[str, ...]]
    longest: int

    def at(self, tokens: list[str], place: int) -> int:
        """Number of words of the longest phrase that begins at ``place``; 0 for none."""
        for size in range(min(self.longest, len(tokens) - place), 0, -1):
            if tuple(tokens[place : place + size]) in self.words:
                return size
        return 0

    def ending(self, tokens: list[str], end: int) -> int:
        """Number of words of the longest phrase that ends before ``end``; 0 for none."""
        for size in range(min(self.longest, end), 0, -1):
            if tuple(tokens[end - size : end]) in self.words:
                return size
        return 0

    def anywhere(self, tokens: list[str]) -> bool:
        """Whether one of them stands among ``tokens``."""
        return any(self.at(tokens, place) for place in range(len(tokens)))


def phrases(text: str | Iterable[str]) -> Phrases:
    """Phrases parted by ``|``."""
    listed = text.split("|") if isinstance(text, str) else text
    words = frozenset(tuple(one.split()) for one in listed if one.strip())
    return Phrases(words, max((len(one) for one in words), default=0))


def single(text: str) -> frozenset[str]:
    """Single words parted by ``|``."""
    return frozenset(text.split("|"))


#: Words a Vietnamese measure begins with.
HEADS = phrases(
    "tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tỷ suất|tỉ suất|tổng số|số lượng|số lượt|số|tổng|tổng vốn|chỉ số|mức độ|"
    "độ che phủ|"
    "giá trị|kim ngạch|doanh thu|doanh số|sản lượng|diện tích|dân số|thu nhập|năng suất|công suất|tốc độ|quy mô|"
    "tuổi thọ|nợ công|bội chi|thu ngân sách|chi ngân sách|vốn đầu tư|tổng sản phẩm|lạm phát|mật độ|hệ số|chi phí|"
    "tăng trưởng|xếp hạng|thứ hạng|công nợ|dư nợ|tiền lương|học phí"
)
#: Words an English measure has in it.
ENGLISH_HEADS = phrases(
    "rate|share|proportion|percentage|number|ratio|index|score|coverage|output|revenue|revenues|exports|imports|"
    "spending|expenditure|population|production|capacity|income|debt|deficit|emissions|mortality|unemployment|"
    "inflation|"
    "prevalence|value|volume|turnover|gdp|penetration|generation|consumption|enrolment|enrollment|literacy|"
    "participation|intake|investment|wage|ranking|life expectancy|incidence|density|yield|area|employment|"
    "attendance"
)
#: Verbs that stand between a measure and its level.
LEVEL_VERBS = phrases(
    "đạt|là|chiếm|còn|lên|xuống|ở mức|vượt|bằng|ước|ước đạt|dừng ở|duy trì|duy trì ở mức|đã đạt|xếp|đứng|lọt|"
    "is|was|are|were|reached|reaches|reach|stood at|stands at|stand at|amounted to|totalled|totaled|hit|hits|"
    "exceeded|"
    "exceeds|to|remained at|remained|came to|averaged|ranked|ranks|equalled|will be|at|climbed to|dropped to"
)
#: Verbs of change; a number right after one is a change and no level.
CHANGE_VERBS = phrases(
    "tăng|giảm|tăng thêm|giảm thêm|tăng trưởng|sụt|hạ|nâng|thêm|"
    "rose|rises|rise|fell|falls|fall|grew|grows|grow|increased|increases|increase|decreased|decreases|decrease|"
    "declined|declines|dropped|edged|touched|touch|touches|slipped|crept|surged|plunged|halved|doubled|topped|"
    "climbed|jumped|up|down|by|gained|lost|added|shrank|expanded"
)
#: After these a word that looks like a verb belongs to the name.
COMPOUNDS = phrases(
    "tăng trưởng|gia tăng|giảm nghèo|giảm phát|đạt chuẩn|đạt yêu cầu|tăng dân số|tăng tự nhiên|giá trị gia tăng|"
    "xếp hạng|là nữ|"
    "là người|còn nhỏ|được xếp hạng|đạt tiêu chuẩn|đạt loại|đạt mức|bằng cấp|có bằng|bằng đại học|còn sống|"
    "tăng năng suất|tăng thu|giảm phát thải|lên lớp|lên mạng"
)
#: Measures whose word is a name by itself.
STANDALONE = phrases(
    "lạm phát|dân số|nợ công|bội chi|thu ngân sách|chi ngân sách|tổng sản phẩm|tuổi thọ|gdp|inflation|unemployment|"
    "exports|imports|population|life expectancy"
)
#: Where a head is none: "số hóa", "kinh tế số".
NO_HEAD = phrases(
    "số hóa|số hoá|số liệu|số mới|số đúng|số này|số đó|số quốc gia|số được|số phiếu|số người tham dự|kinh tế số|"
    "chính phủ số|công nghệ số|chuyển đổi số|xã hội số|kỹ thuật số|hạ tầng số|chữ ký số|thiểu số|đa số|tham số|"
    "dữ liệu số|công dân số|nền tảng số|năng lực số|kỹ năng số|một số|đô thị số"
)
#: Whom or what a share can be of, where its name follows it.
SHARED = phrases(
    "hộ|hộ gia đình|gia đình|người|người dân|dân|dân số|xã|phường|huyện|tỉnh|địa phương|thôn|bản|bệnh viện|trường|"
    "trường học|học sinh|sinh viên|giáo viên|trẻ|trẻ em|phụ nữ|lao động|người lao động|doanh nghiệp|cơ quan|đơn vị|"
    "hồ sơ|thủ tục|dịch vụ|dịch vụ công|bộ|bộ ngành|cán bộ|công chức|viên chức|thuê bao|đoàn viên|cơ sở|khu|"
    "khu công nghiệp|công trình|rác thải|chất thải|nước thải|diện tích|giao dịch|văn bản|sản phẩm|cơ sở y tế|"
    "trạm y tế|"
    "nông dân|người cao tuổi|người trưởng thành|đô thị|hợp tác xã|phương tiện|xe|tàu cá|bưu cục|chợ|bác sĩ|hộ dân|"
    "hộ nghèo|đảng viên|thanh niên|tuyến đường|thành phố|quận|hộ chăn nuôi"
)
#: A name that ends so was cut off, or is still waiting for its object.
CUT_OFF = phrases(
    "sử dụng|ứng dụng|tỷ lệ|tỉ lệ|mức độ|cấp|loại|nhóm|thứ|phải hoàn thành|hoàn thành|tham gia|bao phủ|thực hiện|"
    "lần lượt|đặt|có|cho phép|đã|"
    "aged|came|went|of|the|with|per"
)
EMPTY_ENGLISH = single("own|official|new|same|average|overall|annual|total|current|latest|actual|separate")
HEDGES = phrases(
    "khoảng|gần|hơn|trên|dưới|xấp xỉ|chừng|tới|đến|từ|không quá|không dưới|ít nhất|tối thiểu|tối đa|mức|chỉ|con số|"
    "about|around|nearly|almost|over|under|above|below|only|just|roughly|some|more than|less than|at least|"
    "at most|from|"
    "up|an|a|the|estimated|approximately|as much as"
)
#: Words at the rim of a name that do not belong to it.
RIM = phrases(
    "đã|sẽ|đang|cũng|phải|được|vẫn|cần|có thể|hiện|hiện nay|ước|ước tính|nay|này|đó|ấy|của|ở|tại|trong|vào|cho|với|"
    "và|mà|thì|rằng|về|do|theo|trên|đến nay|tính đến|tính đến nay|đến|kể từ|từ|trong đó|theo đó|riêng|đặc biệt|"
    "ngoài ra|bên cạnh đó|tuy nhiên|đồng thời|cụ thể|như vậy|nhờ đó|qua đó|cùng với đó|cả nước|toàn quốc|toàn tỉnh|"
    "trên cả nước|của cả nước|trên toàn quốc|trên địa bàn|cả năm|năm|đưa|nâng|phấn đấu|mục tiêu|bình quân|"
    "trung bình|"
    "việt nam|của việt nam|nhằm|để|giữ|duy trì|bảo đảm|đảm bảo|tiếp tục|nếu|khi|"
    "the|a|an|of|in|at|on|for|and|that|which|while|also|has|have|had|will|would|should|must|is|are|was|were|by|its|"
    "their|our|to|from|since|nationwide|now|currently|already|then|however|meanwhile|as|with|expected|projected|"
    "estimated|set|aims|aim|plans|targets|wants|raise|bring|increase|reduce|cut|keep|lower|lift|national|"
    "nationally|"
    "country's|overall|still|this|but|so|or|government|ministry|it"
)
REPORTING = phrases(
    "cho biết|cho hay|cho rằng|thông tin|nhấn mạnh|khẳng định|cho thấy|rằng|nêu rõ|ghi nhận|báo cáo|"
    "said|says|that|showed|shows|show|reported|reports|noted|found|estimates"
)
#: A name that holds one of these says nothing by itself, or is no measure of its own.
UNCLEAR = phrases(
    "con số này|tỷ lệ này|số này|mức này|con số|số liệu|chỉ tiêu|kế hoạch|dự toán|cùng kỳ|so với|nó|họ|đây|đó|này|"
    "mình|ta|nước ta|chúng ta|chúng tôi|tôi|bà con|mọi người|không ai|việt nam|quốc hội|chính phủ|từng tháng|"
    "một số|nhiệm vụ|giải pháp|nhóm|trụ cột|người dân nói|phần lớn|đa số|số còn lại|trong số đó|"
    "there's|even|though|although|puts|put|gave|gives|came|took|makes|made|says|because|if|when|where|who|"
    "this|it|they|these|those|that|which|he|she|we|there|plan|figure|figures|same period|compared|others|one"
)
#: What follows a share that is a share of something planned, or of something before.
NO_NAME_AFTER = phrases(
    "kế hoạch|dự toán|chỉ tiêu|so với|so|trong|vào|năm|và|là|đến|của|cùng kỳ|mỗi|một|/|thành công|mục tiêu|theo|từ|"
    "ở|tại|nhờ|do|cho|trên|với|để|nhưng|hoặc|như|khi|tổng|gdp|thì|nằm|còn|được|đã|sẽ|lên|xuống|tăng|giảm|"
    "người tham dự"
)
GOALS = phrases(
    "mục tiêu|phấn đấu|chỉ tiêu|hướng tới|phải đạt|sẽ đạt|kế hoạch|đặt ra|đề ra|yêu cầu|cam kết|tầm nhìn|quyết tâm|"
    "target|targets|aim|aims|goal|goals|pledge|pledged|pledges|plans|plan|committed|commits|must|should|wants|"
    "intends|"
    "ambition|objective|is to|are to|will"
)
LOWER_IS_BETTER = phrases(
    "nghèo|cận nghèo|thất nghiệp|tử vong|nợ xấu|nợ công|tai nạn|phát thải|khí thải|ô nhiễm|thất thoát|lạm phát|"
    "suy dinh dưỡng|thiếu việc làm|mù chữ|bỏ học|tội phạm|ca mắc|mắc bệnh|bội chi|xếp hạng|thứ hạng|chi phí|"
    "thấp còi|"
    "nhiễm|tồn đọng|quá hạn|vi phạm|cháy|thiệt hại|chênh lệch|hộ nghèo|tảo hôn|"
    "poverty|unemployment|mortality|deaths|emissions|debt|deficit|inflation|crime|dropout|gap|loss|losses|"
    "pollution|"
    "accidents|stunting|malnutrition|illiteracy|rank|ranking|prevalence|incidence|waste|vacancy|arrears|backlog|"
    "cost"
)
#: With these a bad word only says whom a good thing reaches: "poor households with access to water".
REACHED = phrases("được|tiếp cận|tham gia|sử dụng|có|thoát|thoát nghèo|giảm nghèo|access|using|covered|served|treated")
#: Words that do not tell one measure from another.
LIGHT = single(
    "tỷ|lệ|tỉ|số|lượng|tổng|mức|của|các|những|cả|và|ở|tại|trong|cho|là|có|được|đạt|the|a|an|of|in|on|for|and|"
    "share|rate|"
    "proportion|percentage|number|total|with|to|at|by"
)
