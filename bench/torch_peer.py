# SPDX-License-Identifier: Apache-2.0
#
# The recurrence h <- h - u (v . h), u and v chosen by the letter, as one would write it in PyTorch: tokens a second of
# one thread, words side by side. Prints "loop RATE", "chunked RATE" or "skipped: REASON".
#
# usage: torch_peer.py DIMENSION LETTERS LENGTH
#
# loop: one token of all words at a time. chunked: for C tokens at once, s_t = v_t . h_(t-1) solves the triangular system
# s_t + sum_(j<t) (v_t . u_j) s_j = v_t . h_0, and h_C = h_0 - sum_j s_j u_j. Each at its best batch and chunk.
import sys
import time

try:
    import torch
except ImportError:
    print("skipped: no torch")
    sys.exit(0)


def loop(h, u, v, letters):
    for x in letters.t():
        h = h - u[x] * (v[x] * h).sum(-1, keepdim=True)
    return h


def chunked(size):
    def run(h, u, v, letters):
        eye = torch.eye(size)
        for part in letters.split(size, dim=1):
            us, vs = u[part], v[part]
            system = torch.baddbmm(eye, vs, us.transpose(1, 2)).tril(-1) + eye
            s = torch.linalg.solve_triangular(system, torch.bmm(vs, h.unsqueeze(-1)), upper=False)
            h = h - torch.bmm(us.transpose(1, 2), s).squeeze(-1)
        return h

    return run


def seconds(run, arguments):
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        run(*arguments)
        best = min(best, time.process_time() - begin)
    return best


def main():
    n, letters, length = (int(argument) for argument in sys.argv[1:4])
    torch.set_num_threads(1)
    torch.manual_seed(1)
    v = torch.randn(letters, n)
    u = 2 * v / (v * v).sum(-1, keepdim=True)
    with torch.inference_mode():
        best = {"loop": 0.0, "chunked": 0.0}
        for words in (256, 1024, 4096):
            arguments = (torch.randn(words, n), u, v, torch.randint(letters, (words, length)))
            expected = loop(*arguments)
            for name, run in [("loop", loop)] + [("chunked", chunked(size)) for size in (8, 16, 32)]:
                if not torch.allclose(run(*arguments), expected, rtol=1e-2, atol=1e-3):
                    sys.exit(name + " computes something else")
                best[name] = max(best[name], words * length / seconds(run, arguments))
    for name, rate in best.items():
        print(name, "%.0f" % rate)


if __name__ == "__main__":
    main()
