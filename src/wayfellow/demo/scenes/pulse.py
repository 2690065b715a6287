"""Three short questions, asked by the schedule and answered by most. Joss puts them off."""

from wayfellow.core import clock
from wayfellow.demo.scenes.named import AMARA, INES, JOSS
from wayfellow.demo.world import World
from wayfellow.surveys.actions import answer_survey, ask_pulses, remind_of_surveys
from wayfellow.surveys.models import SurveyInvitation

ANSWERS_OF_TEN = 7
ALWAYS, LATER = (AMARA, INES), (JOSS,)
USUAL = (2, 3, 4, 4, 4, 5, 5)
LATEST = 6.0


def look_after_pulses(world: World) -> None:
    """The schedule of the questions; seven of ten people answer within some days."""
    now = clock.now()
    ask_pulses(now=now)
    remind_of_surveys(now=now)
    draw = world.story.draw
    for invitation in SurveyInvitation.objects.filter(asked_at=now).select_related("member").order_by("pk"):
        name = invitation.member.full_name
        if (draw.randrange(10) < ANSWERS_OF_TEN and name not in LATER) or name in ALWAYS:
            values = {item.key: draw.choice(USUAL) for item in invitation.asks.items}
            world.story.after(draw.uniform(0.2, LATEST), answer_survey, invitation.member, invitation, values=values)
