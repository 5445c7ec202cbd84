"""A task in few words."""

import pytest

from tasks.draft.titles import plan_title, short_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("完成事业单位分类改革。按照省市统一部署推进。", "完成事业单位分类改革"),
        ("1.整合食品安全监管资源，延伸监管触角，健全体系建设。", "整合食品安全监管资源"),
        ("按照“精简、统一、效能”的原则，进一步推进机构和职能整合，优化设置。", "进一步推进机构和职能整合"),
        ("营造环境。加强科学人才观的宣传和政策引导", "营造环境：加强科学人才观的宣传和政策引导"),
        ("（一）简政放权，放管结合，优化服务改革，建立权力清单制度。", "简政放权，放管结合"),
        ("做好", "做好"),
        ("", ""),
    ],
)
def test_the_first_words_that_say_what_is_done(text, title):
    assert short_title(text) == title


def test_a_long_clause_is_cut_within_twenty_characters():
    title = short_title("推进征信机构对外提供专业化征信服务并根据市场需求开展有序推进信用产品创新的各项工作")
    assert 8 <= len(title) <= 20


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("清江县2016年“服务提升年”活动实施方案", "服务提升年"),
        ("关于推进人才集聚工程的实施意见", "推进人才集聚工程"),
        ("2022年全区政务公开工作主要任务分解表", "全区政务公开工作"),
        ("方案", "方案"),
        ("清江县国土局《2012年清江县农村党风廉政建设工作分工意见》的实施方案", "清江县国土局"),
        ("清江县2026年优化营商环境攻坚年实施方案", "优化营商环境攻坚年"),
        ("推进社区治理工作方案", "推进社区治理"),
    ],
)
def test_a_plan_in_few_words(title, short):
    assert plan_title(title) == short
