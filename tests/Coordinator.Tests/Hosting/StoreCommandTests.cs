using System.Text.Json;
using Nudge.Coordinator.Tests.Running;

namespace Nudge.Coordinator.Tests.Hosting;

public sealed class StoreCommandTests
{
    [Fact]
    public async Task Runs_of_a_store_are_shown_and_those_that_are_over_are_deleted()
    {
        using var folder = new TemporaryFolder();
        Ended run = await NudgeProcess.RunAsync(
            folder.Path, "run", "xor", "--engine", "cluster", "--local-nodes", "1", "--store", "sqlite:s.db", "--out", "r", "--json",
            "--set", "run.presentations=200");
        Assert.True(run.Code == 0, run.Error);
        string name = run.Json.GetProperty("storedAs").GetString()!;

        JsonElement only = Assert.Single((await NudgeProcess.RunAsync(folder.Path, "store", "list", "--store", "sqlite:s.db", "--json")).Json.EnumerateArray());
        Assert.Equal(name, only.GetProperty("run").GetString());
        Assert.Equal(3, only.GetProperty("slices").GetInt32());
        Assert.True(only.GetProperty("fileBytes").GetInt64() > 0);

        Ended refused = await DeleteAsync("r", name, "elsewhere");
        Assert.Equal(2, refused.Code);
        Assert.Equal(
            [$"{name}: was written at", "elsewhere: neither a run of this store nor a folder"],
            refused.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Zip([name.Length + 16, int.MaxValue], (line, most) => line[..Math.Min(most, line.Length)]));
        Assert.Contains("would be deleted: 1 of 1 runs", (await DeleteAsync("r", "--dry-run")).Output, StringComparison.Ordinal);
        Assert.Contains("deleted: 0 of 1 runs", (await DeleteAsync("--unused-for", "0")).Output, StringComparison.Ordinal);

        string summary = Path.Combine(folder.Path, "r", "run.json");
        string ended = await File.ReadAllTextAsync(summary);
        await File.WriteAllTextAsync(summary, ended.Replace("\"interrupted\": false", "\"interrupted\": true", StringComparison.Ordinal));
        refused = await DeleteAsync("r");
        Assert.Equal((2, "r: was interrupted, and goes on from the store with --resume; --force deletes it all the same\n"), (refused.Code, refused.Error));
        Assert.NotEmpty(Directory.GetDirectories(Path.Combine(folder.Path, "s.db.files")));

        await File.WriteAllTextAsync(summary, ended);
        Ended deleted = await DeleteAsync("r");
        Assert.True(deleted.Code == 0, deleted.Error);
        Assert.Contains(name, deleted.Output, StringComparison.Ordinal);
        Assert.Contains("deleted: 1 of 1 runs", deleted.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.Combine(folder.Path, "s.db.files")));
        Assert.Contains("no run", (await NudgeProcess.RunAsync(folder.Path, "store", "list", "--store", "sqlite:s.db")).Output, StringComparison.Ordinal);

        Task<Ended> DeleteAsync(params string[] words) =>
            NudgeProcess.RunAsync(folder.Path, ["store", "delete", .. words, "--store", "sqlite:s.db"]);
    }

    [Theory]
    [InlineData("--store: missing", "list")]
    [InlineData("expected runs, or --unused-for DAYS", "delete", "--store", "sqlite:s.db")]
    [InlineData("expected runs, or --unused-for DAYS", "delete", "r", "--unused-for", "3", "--store", "sqlite:s.db")]
    [InlineData("--unused-for: found soon; expected a number of days", "delete", "--unused-for", "soon", "--store", "sqlite:s.db")]
    [InlineData("--store: expected sqlite:PATH", "list", "--store", "s.db")]
    public async Task What_is_asked_for_wrongly_is_refused(string reason, params string[] words)
    {
        using var folder = new TemporaryFolder();
        Ended asked = await NudgeProcess.RunAsync(folder.Path, ["store", .. words]);
        Assert.Equal(2, asked.Code);
        Assert.Contains(reason, asked.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
