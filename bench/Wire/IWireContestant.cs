namespace Nudge.Bench.Wire;

/// <summary>One way to send a stream of values to the other process.</summary>
internal interface IWireContestant : IAsyncDisposable
{
    /// <summary>What the table calls it.</summary>
    string Name { get; }

    /// <summary>Sends so many messages; ends when the other process has confirmed all of them.</summary>
    /// <param name="values">Floats of a message.</param>
    /// <param name="count">How many messages; a multiple of <see cref="WireWindow.Acknowledged"/>.</param>
    Task SendAsync(int values, int count);
}
