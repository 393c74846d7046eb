namespace Nudge.Hosting;

/// <summary>Counts what a node hosts of all runs against its budget. Any thread may call it.</summary>
/// <param name="budget">The budget.</param>
internal sealed class HostingLedger(NodeBudget budget)
{
    private const long Mebi = 1 << 20;
    private readonly object _gate = new();
    private int _runs;
    private long _bytes;

    internal NodeBudget Budget => budget;

    /// <summary>Takes one more run, of which nothing is hosted yet.</summary>
    /// <exception cref="BudgetException">There are as many as are allowed.</exception>
    internal HostingShare Take()
    {
        lock (_gate)
        {
            NodeBudget.ThrowIfMore("max-runs", "runs at a time", _runs + 1L, budget.Runs);
            _runs++;
            return new(this);
        }
    }

    /// <summary>What one run has of a node.</summary>
    internal sealed class HostingShare(HostingLedger ledger) : IDisposable
    {
        private long _own;
        private bool _ended;

        /// <summary>Sets how much the run has.</summary>
        /// <exception cref="BudgetException">It would be more than the node has left; the run keeps what it had.</exception>
        internal void Resize(long bytes)
        {
            lock (ledger._gate)
            {
                long others = ledger._bytes - _own;
                if (bytes > _own && bytes > ledger.Budget.MemoryBytes - others)
                {
                    throw new BudgetException(FormattableString.Invariant(
                        $"this node allows {ledger.Budget.MemoryBytes / Mebi} MiB of weights and states (nudge node --max-memory); {(bytes + Mebi - 1) / Mebi} MiB were asked for, and other runs have {others / Mebi} MiB"));
                }

                (ledger._bytes, _own) = (others + bytes, bytes);
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (ledger._gate)
            {
                if (_ended)
                    return;
                _ended = true;
                ledger._runs--;
                ledger._bytes -= _own;
            }
        }
    }
}
