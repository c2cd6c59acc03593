"""Letters on which the tests of learning decide; `number` and `town` make like ones."""

QUERY = (
    "云栖市水务局关于石料场旧址查证问题的复函\n云水函〔2025〕{number}号\n{town}镇人民政府：\n来函收悉。经查，石料场旧址的堆存量为三千二百方，"
    "测量资料存于我局档案室，测量时间为二〇一九年。你镇可以派人到我局查阅，也可以由我局复印后寄送。\n特此函复。\n云栖市水务局\n2025年6月3日\n"
)
"""A harmless answer to one body: on request by the rules."""

PRICE = (
    "云栖市发展和改革局关于停车收费标准的批复\n云发改函〔2025〕{number}号\n{town}区发展和改革局：\n你局请示收悉。现批复如下：\n"
    "一、公共停车场收费标准为每小时3元，自2025年7月1日起执行。\n二、你局应在停车场入口公示收费标准，接受社会监督。\n"
    "云栖市发展和改革局\n2025年6月3日\n"
)
"""A price: article 20 calls for publication."""
