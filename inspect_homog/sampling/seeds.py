"""Draw i of a seeded run uses seed S + i: the same seed for all draws would make them one draw.

Inspect resolves the seed (from --seed, the task, the model) inside `Model.generate`; its hook before the
call is the public place where it can be read and changed, and changes reach the cache key and the request.
This module is imported with the first draw, not at start-up, where Inspect would announce the hook in every
evaluation of every user.
"""

from inspect_ai.hooks import BeforeModelGenerate, Hooks, hooks

DRAW = "homog_draw"
"""Key in a message's metadata that carries the number of the draw; part of Inspect's cache key."""

_SEED = "homog_seed"


@hooks(name="draw_seeds", description="inspect_homog: draw i of a seeded run uses seed S + i")
class DrawSeeds(Hooks):
    """Adds the draw's number to the seed of calls that carry one."""

    async def on_before_model_generate(self, data: BeforeModelGenerate) -> None:
        """Set the seed of this call; called again on each retry, so the first seed is kept in the message."""
        if data.config.seed is None or not data.input:
            return
        tag = data.input[-1].metadata
        if tag and DRAW in tag:
            data.config.seed = tag.setdefault(_SEED, data.config.seed) + tag[DRAW]
