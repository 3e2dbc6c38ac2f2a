"""Paraphrase sampling: the prompt in n wordings, one draw for each."""

from collections.abc import Sequence

from inspect_ai.model import ChatMessage, ChatMessageUser, Content, ContentText
from inspect_ai.solver import Solver, TaskState, solver

from ..at_once import at_once
from ..errors import HomogError
from ..taxonomy.category import GENERAL, Category
from .draw import Draws, as_response, with_user
from .elicit import Elicitation, elicit, items_schema, listed
from .records import Response
from .strategy import sampling_solver
from .wording import REWORD


@solver
def paraphrase(num_responses: int = 5, anchor: str = GENERAL, taxonomy: str | None = None) -> Solver:
    """Draw once for each of n wordings of the prompt (a peers' strategy): 1 + n calls, in two rounds.

    The sample's own `paraphrases` (metadata) are used when there are n of them, which saves the first call.

    Args:
        num_responses: Responses a prompt, at least 1.
        anchor: Without effect on the request, which has no wording of ours; `predicted` also asks the model
            for the prompt's category, one more call.
        taxonomy: Folder with rubrics of further categories.
    """
    return sampling_solver("paraphrase", sample, num_responses, anchor, taxonomy, worded=False)


async def sample(state: TaskState, wording: Category, draws: Draws, n: int) -> list[Response]:
    """One draw for each of up to n wordings."""
    own = own_wordings(state)
    wordings = own[:n] if len(own) >= n else await _reword(state, draws, n)
    calls = [
        draws.call(f"paraphrase {i + 1}", reworded(state.messages, text), i)
        for i, text in enumerate(wordings)
    ]
    outputs = await at_once(*calls)
    return [as_response(output, text) for output, text in zip(outputs, wordings, strict=True)]


def own_wordings(state: TaskState) -> list[str]:
    """The wordings that the sample's metadata holds, none where there are none.

    Raises:
        HomogError: When they are no list of texts, as may be in data sets that are no prompts file; names the
            sample.
    """
    for name in ("paraphrases", "prompt_paraphrases"):
        if found := state.metadata.get(name):
            if not isinstance(found, list) or not all(isinstance(t, str) and t.strip() for t in found):
                raise HomogError(
                    f"Sample {state.sample_id!r}: metadata {name!r} must be a list of texts that are not "
                    f"blank, not {str(found)[:80]!r}."
                )
            return found
    return []


async def _reword(state: TaskState, draws: Draws, n: int) -> list[str]:
    asked = Elicitation(
        name="paraphrases",
        parse=listed,
        more=lambda got, missing: f"That makes {got} different ones. Write {missing} more.",
        schema=items_schema("paraphrases", "Wordings of the user's message"),
        text=str,
        distinct=True,
    )
    return await elicit(asked, with_user(state.messages, REWORD.format(n=n)), draws, n)


def reworded(messages: Sequence[ChatMessage], text: str) -> list[ChatMessage]:
    """The conversation with the text of its last user turn replaced; images and files stay."""
    last = max(i for i, message in enumerate(messages) if isinstance(message, ChatMessageUser))
    content = messages[last].content
    kept: list[Content] = [] if isinstance(content, str) else [c for c in content if c.type != "text"]
    turn = ChatMessageUser(content=[ContentText(text=text), *kept] if kept else text)
    return [*messages[:last], turn, *messages[last + 1 :]]
