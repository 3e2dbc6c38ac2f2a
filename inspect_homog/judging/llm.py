"""A judge that asks a language model, through Inspect."""

import hashlib
from collections.abc import Sequence
from logging import getLogger

from inspect_ai.model import GenerateConfig, Model
from inspect_ai.util import LimitExceededError, collect

from .judge import Pair, Question, Verdict
from .request import ASK_PAIR, PAIR_SCHEMA, read_pair, request

logger = getLogger(__name__)


class LLMJudge:
    """Asks one model about each pair, at temperature 0 unless the role's own settings say otherwise.

    All pairs of a call are asked at once, so Inspect's connections, caches, retries and batch mode apply.
    A reply that is not a verdict, a refusal or a call that failed for good is an abstention.
    """

    def __init__(self, model: Model) -> None:
        self.model = model

    @property
    def name(self) -> str:
        """The model's name, such as `openai/gpt-4o`."""
        return str(self.model)

    @property
    def details(self) -> dict[str, str]:
        """Nothing beyond the name; the rubric and prompt hash stand beside it in the score."""
        return {}

    async def compare(
        self, question: Question, responses: Sequence[str], pairs: Sequence[Pair]
    ) -> list[Verdict]:
        """See `Judge.compare`; one call a pair."""
        return await collect(*[self._ask(question, responses, pair) for pair in pairs])

    async def _ask(self, question: Question, responses: Sequence[str], pair: Pair) -> Verdict:
        shown = order_shown(pair, responses)
        messages = request(question, [responses[i] for i in shown], ASK_PAIR)
        config = GenerateConfig(temperature=0.0, response_schema=PAIR_SCHEMA)
        if self.model.role:
            config = config.merge(self.model.config)
        try:
            output = await self.model.generate(messages, config=config)
        except LimitExceededError:
            raise
        except Exception as error:
            logger.warning(f"Judge {self.name} failed on a pair, which counts as abstained: {error}")
            reason = f"call failed: {type(error).__name__}"
            return Verdict(pair=pair, answer=None, reason=reason, shown=shown, calls=1)
        answer = read_pair(output.completion)
        unread = None if answer else f"not a verdict (stop reason: {output.stop_reason})"
        return Verdict(pair=pair, answer=answer, reason=unread, shown=shown, calls=1)


def order_shown(pair: Pair, responses: Sequence[str]) -> Pair:
    """The order in which a pair is shown: fixed by the two texts, and even over many pairs."""
    a, b = (responses[i].encode("utf-8", "surrogatepass") for i in pair)
    low, high = sorted((a, b))
    swap = hashlib.sha256(low + b"\0" + high).digest()[0] % 2 == 1
    first, second = (high, low) if swap else (low, high)
    return pair if a == first and b == second else (pair[1], pair[0])
