using Nudge.Commands;
using Nudge.Hosting;
using Nudge.Inspection;

namespace Nudge.Coordinator.Tests.Hosting;

public sealed class StatusWatchTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);
    private static readonly ClusterStatus Status = new([], [], []);
    private readonly CancellationTokenSource _stop = new(TimeSpan.FromSeconds(60));
    private readonly List<DateTimeOffset> _shown = [];
    private readonly List<string> _told = [];
    private int _asked;

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Without_a_first_answer_it_fails()
    {
        StatusWatch watch = Watch(_ => throw new NodeException("nobody is there"));
        await Assert.ThrowsAsync<NodeException>(() => watch.RunAsync(Interval, _stop.Token));
        Assert.Empty(_told);
    }

    [Fact]
    public async Task Later_ones_that_are_missing_are_told_and_it_goes_on_until_it_is_cancelled()
    {
        await Watch(asked =>
        {
            if (asked == 6)
                _stop.Cancel();
            return asked % 2 == 0 ? throw new NodeException($"no answer to {asked}") : Task.FromResult(Status);
        }).RunAsync(Interval, _stop.Token);
        Assert.Equal(3, _shown.Count);
        Assert.Equal(["no answer to 2", "no answer to 4", "no answer to 6"], _told);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_does_not_keep_it_from_ending()
    {
        await Watch(_ =>
        {
            _stop.Cancel();
            return new TaskCompletionSource<ClusterStatus>().Task;
        }).RunAsync(Interval, _stop.Token);
        Assert.Empty(_shown);
    }

    private StatusWatch Watch(Func<int, Task<ClusterStatus>> answer) =>
        new(() => answer(++_asked), (_, time) => _shown.Add(time), _told.Add, TimeProvider.System);
}
