namespace Nudge.Coordinator.Tests.Running;

/// <summary>One run to its end, with which all tests of a class compare theirs.</summary>
public abstract class WholeRun(string[] arguments) : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Ended Ended { get; private set; } = new(-1, "", "");

    public async Task InitializeAsync()
    {
        Ended = await NudgeProcess.RunAsync(_folder.Path, [.. arguments, "--json", "--out", "whole"]);
        Assert.True(Ended.Code == 0, Ended.Error);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>One of its files.</summary>
    public string File(string name) => _folder.File(Path.Combine("whole", name));

    /// <summary>Resumes the stopped run in a folder to the bits of this one.</summary>
    public async Task AssertResumesToTheSameBitsAsync(TemporaryFolder folder, string stopped)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Ended resumed = await NudgeProcess.RunAsync(folder.Path, "run", "--resume", stopped, "--quiet", "--json");
        Assert.True(resumed.Code == 0, resumed.Error);
        Assert.Equal(Ended.Json.GetProperty("eventHash").GetString(), resumed.Json.GetProperty("eventHash").GetString());
        Assert.Equal(
            System.IO.File.ReadAllBytes(File("weights.npz")),
            System.IO.File.ReadAllBytes(folder.File(Path.Combine(stopped, "weights.npz"))));
    }
}
