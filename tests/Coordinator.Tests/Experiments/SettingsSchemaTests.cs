using System.Runtime.CompilerServices;
using Nudge.Experiments;

namespace Nudge.Coordinator.Tests.Experiments;

public sealed class SettingsSchemaTests
{
    [Fact]
    public void The_committed_schema_is_what_the_program_prints()
    {
        string committed = File.ReadAllText(Path.Combine(Root(), "docs", "experiment.schema.json"));

        Assert.True(
            committed == SettingsSchema.ToJson(),
            "docs/experiment.schema.json is stale: nudge validate --schema > docs/experiment.schema.json");
    }

    private static string Root([CallerFilePath] string here = "")
    {
        string? folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Distributed.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("the root of the checkout");
    }
}
