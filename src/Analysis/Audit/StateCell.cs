using Nudge.Numerics;

namespace Nudge.Audit;

/// <summary>One place where plasticity could keep something: a field of the rule, or of what hangs on it.</summary>
/// <param name="Path">The way to it, from the rule's type on.</param>
/// <param name="Get">Reads it.</param>
/// <param name="Put">Writes it.</param>
internal sealed record StateCell(string Path, Func<object?> Get, Action<object?> Put)
{
    /// <summary>A copy of what it holds.</summary>
    internal object? Copy() => DeepCopy.Of(Get());

    internal long Bytes => CellBytes.Count(Get());

    internal bool Differs(object? fresh) => !CellBytes.AreSame(Get(), fresh);

    /// <summary>Puts back what a fresh rule holds there.</summary>
    internal void Refresh(object? fresh) => Write(DeepCopy.Of(fresh));

    /// <summary>Makes whatever it holds beyond what a fresh rule holds useless.</summary>
    internal void Poison(object? fresh) => Write(Poisoning.Of(Copy(), DeepCopy.Of(fresh)));

    private void Write(object? value)
    {
        object? now = Get();
        if (now is PanelMatrix matrix)
            ((float[])value!).CopyTo(matrix.Storage);
        else if (now is Array old && value is Array given && old.Rank == 1 && old.Length == given.Length)
            Array.Copy(given, old, given.Length);
        else
            Put(value);
    }
}
