using Nudge.DataSets;
using Nudge.Experiments;
using Nudge.Running;
using Nudge.Stimuli;

namespace Nudge.Coordinator.Tests.Running;

public sealed class DataFolderTests
{
    private static readonly string Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    [Theory]
    [InlineData("/asked", "/file", "/usual", "/asked")]
    [InlineData(null, "/file", "/usual", "/file")]
    [InlineData(null, null, "/usual", "/usual")]
    [InlineData(null, null, null, null)]
    public void The_option_comes_before_the_file_and_the_file_before_the_environment(
        string? asked, string? own, string? usual, string? expected) =>
        Assert.Equal(expected, new DataFolder(asked, usual).Apply(With(own)).Data.Folder);

    [Fact]
    public void Relative_paths_become_absolute()
    {
        DataFolder folder = DataFolder.None with { RelativeTo = "/begun/here" };

        Assert.Equal("/begun/here/data", folder.Apply(With("data")).Data.Folder);
        Assert.Equal(
            Path.Combine(Environment.CurrentDirectory, "data"), new DataFolder("data", null).Apply(With(null)).Data.Folder);
    }

    [Fact]
    public void A_tilde_is_the_home_folder_wherever_the_path_is_from()
    {
        Assert.Equal($"{Home}/data", DataFolder.None.Apply(With("~/data")).Data.Folder);
        Assert.Equal($"{Home}/data", new DataFolder("~/data", null).Apply(With(null)).Data.Folder);
        Assert.Equal(Home, new DataFolder(null, "~").Apply(With(null)).Data.Folder);
    }

    [Fact]
    public void An_empty_path_is_refused_with_its_source()
    {
        DataException error = Assert.Throws<DataException>(() => new DataFolder("", null).Apply(With(null)));

        Assert.StartsWith("--data: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_without_files_takes_no_folder()
    {
        ExperimentSettings digits = ExperimentFile.Load("digits", [], null).Settings;

        Assert.Equal(digits, new DataFolder("/asked", null).Apply(digits));
    }

    private static ExperimentSettings With(string? path) =>
        ExperimentFile.Load("digits", [], null).Settings with { Data = new IdxSettings { Path = path } };
}
