using Nudge.Testing;

namespace Nudge.Neurons.Tests.Architecture;

/// <summary>The check of layers finds what is planted, and nothing where a project is in order.</summary>
public sealed class LayerCheckTests : IDisposable
{
    private const string Layers = """
        Signals
        Links Clocks     # they do not know each other
        Models/*
        Engines
        """;

    private readonly TemporaryDirectory _directory = new();

    public LayerCheckTests()
    {
        Write("Signals/Signal.cs", "namespace Nudge.Signals;", "public record Signal;");
        Write("Links/Link.cs", "using Nudge.Signals;", "namespace Nudge.Links;", "public record Link(Signal Carried);");
        Write("Clocks/Clock.cs", "namespace Nudge.Clocks;", "public class Clock { public static int Ticks; }");
        Write("Models/Rate/Rate.cs", "using Nudge.Links;", "namespace Nudge.Models.Rate;", "public record RateModel(Link Input);");
        Write("Models/Binary/Binary.cs", "namespace Nudge.Models.Binary;", "public record BinaryModel;");
        Write("Engines/Engine.cs", "using Nudge.Models.Rate;", "namespace Nudge.Engines;", "public record Engine(RateModel Model);");
        Write("Engines/Loops/Loop.cs", "namespace Nudge.Engines;", "public record Loop(Engine Engine);");
        Write("obj/Generated.cs", "using Nudge.Engines;", "namespace Nudge.Signals;");
    }

    private string Source => Path.Combine(_directory.Path, "src", "Sample");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_project_in_order_has_no_violations() => Assert.Empty(Violations());

    [Theory]
    [InlineData("using Nudge.Engines;")]
    [InlineData("using static Nudge.Engines.Engine;")]
    [InlineData("using E = Nudge.Engines.Engine;")]
    [InlineData("using E = System.Collections.Generic.List<Nudge.Engines.Engine>;")]
    public void A_using_that_points_up_is_found_with_its_line(string directive)
    {
        Write("Links/Up.cs", "// A comment.", directive, "namespace Nudge.Links;");
        Assert.Equal(
            ["src/Sample/Links/Up.cs:2: Links names Nudge.Engines, but Engines is in a higher layer"], Violations());
    }

    [Theory]
    [InlineData("class Up { Engines.Engine? engine; }")]
    [InlineData("class Up { Nudge.Engines.Engine? engine; }")]
    [InlineData("class Up { global::Nudge.Engines.Engine? engine; }")]
    [InlineData("class Up { List<Engines.Engine[]>? engines; }")]
    [InlineData("class Up : Engines.Engine;")]
    [InlineData("class Up { object Make() => new Engines.Engine(null); }")]
    [InlineData("class Up { object Make() => Engines.Engine.Default.With(1); }")]
    [InlineData("class Up { string Text() => $\"{Engines.Engine.Default}\"; }")]
    [InlineData("class Up { bool Test(object it) => it is Engines.Engine; }")]
    [InlineData("class Up { string Name => nameof(Engines.Engine); }")]
    public void A_qualified_name_that_points_up_is_found_with_its_line(string code)
    {
        Write("Links/Up.cs", "namespace Nudge.Links;", "", code);
        Assert.Equal(
            ["src/Sample/Links/Up.cs:3: Links names Nudge.Engines, but Engines is in a higher layer"], Violations());
    }

    [Theory]
    [InlineData("// Engines.Engine runs it.")]
    [InlineData("/// <summary>See <see cref=\"Engines.Engine\"/>.</summary>")]
    [InlineData("class Text { string s = \"using Nudge.Engines; Engines.Engine\"; }")]
    [InlineData("class Member { Other Engines = new(); object Get() => Engines.Engine; class Other { public object? Engine; } }")]
    public void Comments_strings_and_members_of_the_same_name_are_no_mentions(string code)
    {
        Write("Links/Plain.cs", "namespace Nudge.Links;", code);
        Assert.Empty(Violations());
    }

    [Fact]
    public void A_folder_of_the_same_layer_is_not_to_be_named()
    {
        Write("Links/Beside.cs", "namespace Nudge.Links;", "class Beside { int now = Clocks.Clock.Ticks; }");
        Write("Models/Binary/Beside.cs", "using Nudge.Models.Rate;", "namespace Nudge.Models.Binary;");
        Assert.Equal(
            [
                "src/Sample/Links/Beside.cs:2: Links names Nudge.Clocks, but Clocks is in the same layer",
                "src/Sample/Models/Binary/Beside.cs:1: Models/Binary names Nudge.Models.Rate, but Models/Rate is in the same layer",
            ],
            Violations());
    }

    [Fact]
    public void A_type_of_a_surrounding_namespace_is_found_though_it_needs_no_using()
    {
        Write("Models/Common.cs", "namespace Nudge.Models;", "public class Common { public static int Count; }");
        Write("Models/Rate/Uses.cs", "namespace Nudge.Models.Rate;", "class Uses {", "Common? common;", "int n = Common.Count; }");
        Assert.Equal(
            [
                "src/Sample/Models/Rate/Uses.cs:3: Models/Rate names Nudge.Models, but Models is in a higher layer",
                "src/Sample/Models/Rate/Uses.cs:4: Models/Rate names Nudge.Models, but Models is in a higher layer",
            ],
            LayerCheck.Violations(Source, $"{Layers}\nModels"));
    }

    [Fact]
    public void A_folder_that_is_not_listed_is_found()
    {
        Write("Extra/Extra.cs", "namespace Nudge.Extra;");
        Write("Models/Common.cs", "namespace Nudge.Models;");
        Assert.Equal(
            [
                "src/Sample/Extra/Extra.cs:1: folder Extra is missing from the list of layers",
                "src/Sample/Models/Common.cs:1: folder Models is missing from the list of layers",
            ],
            Violations());
    }

    [Fact]
    public void A_listed_folder_that_does_not_exist_is_found() => Assert.Equal(
        ["the list of layers names Gone, where there is no file", "the list of layers names Old/*, where there is no file"],
        LayerCheck.Violations(Source, $"{Layers}\nGone Old/*"));

    [Fact]
    public void A_folder_that_is_listed_twice_is_refused() =>
        Assert.Throws<FormatException>(() => LayerCheck.Violations(Source, $"{Layers}\nLinks"));

    [Fact]
    public void A_namespace_in_two_folders_is_found()
    {
        Write("Engines/Stray.cs", "namespace Nudge.Links;");
        Assert.Equal(
            ["src/Sample/Links/Link.cs:2: namespace Nudge.Links is declared in Links and in Engines (src/Sample/Engines/Stray.cs:1)"],
            Violations());
    }

    [Fact]
    public void A_namespace_in_two_projects_is_found()
    {
        string other = Path.Combine(_directory.Path, "src", "Other");
        Write("../Other/Far.cs", "namespace Nudge.Links", "{", "}");
        Write("../Other/Own.cs", "namespace Nudge.Other;");
        Assert.Equal(
            ["src/Other/Far.cs:1: namespace Nudge.Links is declared in Other and in Sample (src/Sample/Links/Link.cs:2)"],
            LayerCheck.SharedNamespaces([Source, other]));
    }

    [Fact]
    public void A_global_using_is_refused()
    {
        Write("Signals/Usings.cs", "global using Nudge.Signals;");
        Assert.Equal(
            ["src/Sample/Signals/Usings.cs:1: a global using hides which folder depends on which"], Violations());
    }

    private IReadOnlyList<string> Violations() => LayerCheck.Violations(Source, Layers);

    private void Write(string file, params string[] lines)
    {
        string path = Path.Combine(Source, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, lines);
    }
}
