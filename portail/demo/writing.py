"""The pages a territory begins with, and news that never happened."""

from datetime import timedelta

from portail.demo.content import table
from portail.demo.setting import Setting
from portail.domain.news import publish_news
from portail.domain.pages import publish_starter_pages
from territoires.models import Territory


def write_pages(folder: str, territory: Territory, setting: Setting) -> None:
    publish_starter_pages(territory=territory)
    content = table(f"{folder}/news")
    for known in content["news"] if setting.has_present else []:
        publish_news(
            territory=territory,
            title=known["title"],
            title_en=known["title_en"],
            body=f"{known['body'].strip()}\n\n{content['disclaimer']}",
            body_en=f"{known['body_en'].strip()}\n\n{content['disclaimer_en']}",
            published_on=setting.today - timedelta(days=known["days_ago"]),
        )
