"""One question to a grader model: a completion, or the reason why there is none."""

from logging import getLogger

from inspect_ai.model import CachePolicy, ChatMessage, GenerateConfig, Model, ModelOutput, ResponseSchema
from inspect_ai.util import LimitExceededError

logger = getLogger(__name__)


async def ask(
    model: Model, messages: list[ChatMessage], schema: ResponseSchema, cache: CachePolicy | None = None
) -> ModelOutput | str:
    """The completion, at temperature 0 unless the role's own settings say otherwise, or a reason.

    A call that failed for good, after Inspect's retries, is an abstention and no error. Sample limits still
    end the sample.
    """
    config = GenerateConfig(temperature=0.0, response_schema=schema, cache=cache)
    if model.role:
        config = config.merge(model.config)
    try:
        output = await model.generate(messages, config=config)
    except LimitExceededError:
        raise
    except Exception as error:
        # Its text is the server's, which may repeat what it was sent, keys included.
        reason = f"call failed: {type(error).__name__}"
        logger.warning(f"A call to grader {model} counts as an abstention: {reason}")
        return reason
    return output if output.choices else "reply holds no completion"


def unread(output: ModelOutput) -> str:
    """The reason for an abstention on a reply that is not what was asked for."""
    return f"reply is not a verdict (stop reason: {output.stop_reason})"
