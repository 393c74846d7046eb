"""Forward-Forward of 784-500-500 in PyTorch at batch 1, as Nudge's seed paper trains it: paired or by single phases.

Each layer divides its input by its length, and has its own loss, softplus of +-(threshold - goodness) with the mean
square as goodness, and its own optimiser. Paired: both samples pass, the mean of the two losses is learnt. ISD: a coin
draws the right or the wrong label, its loss weighs 1/b or 1/(1 - b). Prints iterations per second; one thread.

    LD_PRELOAD=/usr/lib/x86_64-linux-gnu/openblas-pthread/libblas.so.3 OPENBLAS_NUM_THREADS=1 \\
        python3 forward_forward.py paired|isd adam|sgd ITERATIONS

Debian: apt-get install python3-torch libopenblas0-pthread
"""
import sys
import time

import torch
from torch.nn.functional import softplus

THRESHOLD, RATE, POSITIVE = 2.0, 0.01, 0.5
OPTIMISERS = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD}


class Layer(torch.nn.Linear):
    def __init__(self, inputs: int, units: int, optimiser: str) -> None:
        super().__init__(inputs, units)
        self.optimiser = OPTIMISERS[optimiser](self.parameters(), lr=RATE)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(super().forward(x / (x.norm(2, 1, keepdim=True) + 1e-4)))

    def descend(self, loss: torch.Tensor) -> None:
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()

    def learn_pair(self, right: torch.Tensor, wrong: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        right, wrong = self.forward(right), self.forward(wrong)
        excess = torch.cat((THRESHOLD - right.square().mean(1), wrong.square().mean(1) - THRESHOLD))
        self.descend(softplus(excess).mean())
        return right.detach(), wrong.detach()

    def learn_phase(self, x: torch.Tensor, positive: bool) -> torch.Tensor:
        h = self.forward(x)
        excess = h.square().mean(1) - THRESHOLD
        loss = softplus(-excess) / POSITIVE if positive else softplus(excess) / (1 - POSITIVE)
        self.descend(loss.mean())
        return h.detach()


def overlay(images: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """The images with the label in place of their first ten pixels."""
    shown = images.clone()
    shown[:, :10] = 0
    shown[range(len(images)), labels] = images.max()
    return shown


def iterate(layers: list[Layer], method: str, right: torch.Tensor, wrong: torch.Tensor, count: int) -> None:
    for i in range(count):
        a, b = right[i % len(right)].unsqueeze(0), wrong[i % len(wrong)].unsqueeze(0)
        if method == "paired":
            for layer in layers:
                a, b = layer.learn_pair(a, b)
        else:
            positive = bool(torch.rand(()) < POSITIVE)
            h = a if positive else b
            for layer in layers:
                h = layer.learn_phase(h, positive)


def main(method: str, optimiser: str, iterations: int) -> None:
    torch.manual_seed(1)
    torch.set_num_threads(1)
    # As sparse as the digits; PyTorch gains nothing from it, and loses nothing.
    images = torch.rand(1000, 784) * (torch.rand(1000, 784) < 0.19)
    labels = torch.randint(0, 10, (1000,))
    right, wrong = overlay(images, labels), overlay(images, (labels + torch.randint(1, 10, (1000,))) % 10)
    layers = [Layer(784, 500, optimiser), Layer(500, 500, optimiser)]
    iterate(layers, method, right, wrong, 1 + iterations // 10)
    begun = time.perf_counter()
    iterate(layers, method, right, wrong, iterations)
    print(iterations / (time.perf_counter() - begun))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
