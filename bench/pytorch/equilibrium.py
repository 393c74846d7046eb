"""Equilibrium propagation of 784-512-10 in PyTorch: the equations of Nudge's differential rule, in lockstep.

Two phases of 48 Euler steps of 0.25 tau for each stimulus, the polarity of each drawn by a coin, the input current
computed once and cached, one thread. Prints training samples per second.

    LD_PRELOAD=/usr/lib/x86_64-linux-gnu/openblas-pthread/libblas.so.3 python3 equilibrium.py BATCH SAMPLES

Debian: apt-get install python3-torch libopenblas0-pthread
"""
import sys
import time

import torch

STEPS, DT, BETA, RATE = 48, 0.25, 1.0, 0.03


def main(batch: int, samples: int) -> None:
    torch.manual_seed(1)
    torch.set_num_threads(1)
    w1 = (torch.rand(784, 512) - 0.5) * 2 * (6 / 1296) ** 0.5
    w2 = (torch.rand(512, 10) - 0.5) * 2 * (6 / 522) ** 0.5
    b1, b2 = torch.zeros(512), torch.zeros(10)
    # As sparse as the digits; PyTorch gains nothing from it, and loses nothing.
    images = torch.rand(256, 784) * (torch.rand(256, 784) < 0.14)
    h, o = torch.zeros(batch, 512), torch.zeros(batch, 10)
    with torch.no_grad():
        shown, begun = -batch, 0.0
        while shown < samples:
            if shown == 0:
                begun = time.perf_counter()
            x = images[torch.randint(0, 256, (batch,))]
            y = torch.nn.functional.one_hot(torch.randint(0, 10, (batch,)), 10).float()
            current = x @ w1 + b1
            before = None
            for _ in range(2):
                positive = (torch.rand(batch, 1) < 0.5).float()
                for _ in range(STEPS):
                    nh = torch.clamp(h + DT * (current + o @ w2.T - h), 0, 1)
                    o = torch.clamp(o + DT * (h @ w2 + b2 + BETA * positive * (y - o) - o), 0, 1)
                    h = nh
                if before is not None:
                    g = (4 * positive - 2) * (RATE / BETA / batch)
                    h0, o0 = before
                    w1 += x.T @ (g * (h - h0))
                    w2 += h.T @ (g * o) - h0.T @ (g * o0)
                    b1 += (g * (h - h0)).sum(0)
                    b2 += (g * (o - o0)).sum(0)
                before = (h, o)
            shown += batch
        print(shown / (time.perf_counter() - begun))


main(int(sys.argv[1]), int(sys.argv[2]))
