"""interim"""

from ..embedded.encoder import load_encoder
from .judge import Verdict


class EmbeddedJudge:
    name = "embedded"
    details: dict[str, str] = {}

    async def compare(self, question, responses, pairs):
        v = load_encoder().encode(list(responses))
        return [
            Verdict(pair=p, answer="same" if float(v[p[0]] @ v[p[1]]) > 0.85 else "different") for p in pairs
        ]
