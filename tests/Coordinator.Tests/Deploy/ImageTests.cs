namespace Nudge.Coordinator.Tests.Deploy;

public sealed class ImageTests
{
    [Fact]
    public void It_tells_of_the_ports_that_a_node_listens_on()
    {
        Assert.Equal(
            string.Join(' ', new[] { "PORT", "DATA_PORT", "HEALTH" }.Select(port => Image.Environment[$"NUDGE_NODE_{port}"])),
            Image.Last("EXPOSE"));
        Assert.Equal("SIGTERM", Image.Last("STOPSIGNAL"));
    }

    [Fact]
    public void What_it_copies_is_there()
    {
        string[] sources =
        [
            .. Image.All("COPY").Where(line => !line.StartsWith("--from", StringComparison.Ordinal))
                .SelectMany(line => line.Split(' ')[..^1])
                .Where(word => !word.StartsWith("--", StringComparison.Ordinal)),
        ];
        Assert.True(sources.Length > 10);
        Assert.All(sources, source => Assert.True(Path.Exists(Checkout.PathOf(source)), source));
    }

    [Fact]
    public void It_restores_every_project_that_the_program_is_made_of()
    {
        string[] projects = Directory.GetFiles(Checkout.PathOf("src"), "*.csproj", SearchOption.AllDirectories);
        Assert.All(projects, project => Assert.Contains(
            Image.All("COPY"), line => line.Contains($"/{Path.GetFileName(project)} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void It_does_not_run_as_root_and_has_no_debugger_s_door()
    {
        Assert.Equal("$APP_UID", Image.Last("USER"));
        Assert.Equal("0", Image.Environment["DOTNET_EnableDiagnostics"]);
        // 1654 is what the base image calls APP_UID.
        Assert.Equal("1654", Kubernetes.Pod(Kubernetes.StatefulSet)["securityContext"]["runAsUser"].Text);
    }
}
