using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nudge.Analysis.Tests.Audit;

/// <summary>What the types alone forbid: rules by strangers, compiled against the built assembly.</summary>
public sealed class CompiledRuleTests
{
    private static readonly PortableExecutableReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    [Theory]
    [InlineData("here.Synapses[0].Learn(_post); here.Bias.Learn(_post);")]
    [InlineData("float g = here.Phase.Importance[0] * here.Synapses[0].NextRate() * here.Activity[0]; _post[0] = g;")]
    [InlineData("if (!here.Coherent) return LearningOutcome.Gated;")]
    [InlineData("_post[0] = here.Synapses[0].Received[0] * here.Synapses[0].Current()[0] + here.Bias.Values[0];")]
    [InlineData("foreach (SynapseView synapses in here.Synapses) synapses.Learn(_post, synapses.Received);")]
    public void An_honest_rule_compiles(string learning) => Assert.Empty(Errors(learning, ""));

    [Theory]
    [InlineData("var n = here.Network;", "CS1061")]
    [InlineData("var t = here.Target;", "CS1061")]
    [InlineData("var l = here.Loss;", "CS1061")]
    [InlineData("var s = here.Slice;", "CS1061")]
    [InlineData("var s = here.Step;", "CS1061")]
    [InlineData("var s = here.Synapses[0].Source;", "CS1061")]
    [InlineData("var s = here.Synapses[0].Projection.Source.Slices;", "CS1061")]
    [InlineData("var w = here.Synapses[0].Projection.Weights;", "CS1061")]
    [InlineData("here.Synapses[0] = default;", "CS0200")]
    [InlineData("here.Synapses[0].Received[0] = 1;", "CS8331")]
    [InlineData("here.Activity[0] = 1;", "CS8331")]
    [InlineData("here.Phase.Importance[0] = 1;", "CS8331")]
    [InlineData("here.Bias.Values[0] = 1;", "CS8331")]
    [InlineData("here.Phase = null;", "CS8852")]
    [InlineData("here.Synapses[0].Weights = null;", "CS1061")]
    [InlineData("here.Synapses[0].Store(0, 1, _post);", "CS1061")]
    [InlineData("here.Synapses[0].Describe(null);", "CS1061")]
    [InlineData("here.Synapses[0].Rate.Describe(null);", "CS1061")]
    [InlineData("here.Synapses[0].Rate.Updates = 0;", "CS1061")]
    [InlineData("here.Bias.Set(_post);", "CS1061")]
    [InlineData("here.Bias.Describe(null);", "CS1061")]
    [InlineData("_post[0] = here.Synapses[0].Weights[0, 0];", "CS1061")]
    [InlineData("here.Synapses[0].Weights[0, 0] = 1;", "CS1061")]
    [InlineData("here.Synapses[0].Weights.Storage[0] = 1;", "CS1061")]
    [InlineData("here.Synapses[0].Rate.Next();", "CS1061")]
    [InlineData("here.Synapses[0].ApplyBatch();", "CS1061")]
    [InlineData("here.Synapses[0].Group.Weights.Storage[0] = 1;", "CS1061")]
    [InlineData("var other = here.Synapses.Groups[0];", "CS1061")]
    [InlineData("here.Bias.Group.Set(_post);", "CS1061")]
    [InlineData("SynapseView mine = here.Synapses[0]; System.Action later = () => mine.NextRate();", "CS8175")]
    [InlineData("object kept = here.Synapses[0];", "CS0029")]
    [InlineData("object kept = here.Bias;", "CS0029")]
    [InlineData("System.Func<float> later = () => here.Activity[0];", "CS1628")]
    [InlineData("object kept = here;", "CS0029")]
    public void A_rule_that_reaches_for_more_does_not_compile(string learning, string error) =>
        Assert.Contains(error, Errors(learning, ""));

    [Theory]
    [InlineData("private LocalSignals _kept;", "CS8345")]
    [InlineData("private System.ReadOnlySpan<float> _kept;", "CS8345")]
    [InlineData("private SynapseView _own;", "CS8345")]
    [InlineData("private SynapseViews _own;", "CS8345")]
    [InlineData("private BiasView _bias;", "CS8345")]
    [InlineData("private SynapseView[] _own;", "CS0611")]
    [InlineData("private static SynapseView _ofAnotherSlice;", "CS8345")]
    [InlineData("private readonly System.Collections.Generic.List<LocalSignals> _kept = new();", "CS9244")]
    public void What_a_rule_is_shown_cannot_be_kept(string member, string error) => Assert.Contains(error, Errors("", member));

    [Fact]
    public void Synapses_and_biases_cannot_be_made_by_a_rule()
    {
        Assert.Contains("CS1729", Errors("_ = new SynapseGroup(null, null, null);", ""));
        Assert.Contains("CS1729", Errors("_ = new BiasGroup(null, 1, 1, null);", ""));
        Assert.Contains("CS1729", Errors("_ = new SynapseView(null);", ""));
        Assert.Contains("CS1729", Errors("_ = new BiasView(null);", ""));
    }

    private static string[] Errors(string learning, string member)
    {
        string code = $$"""
            using Nudge.Plasticity;
            using Nudge.Synapses;
            public sealed class Stranger : IPlasticityRule
            {
                private readonly float[] _post = new float[16];
                {{member}}
                public LearningOutcome Elapse(in LocalSignals here, float elapsed) => LearningOutcome.Nothing;
                public LearningOutcome EndPhase(in LocalSignals here) { {{learning}} return LearningOutcome.Learned; }
            }
            """;
        var compilation = CSharpCompilation.Create(
            "Stranger",
            [CSharpSyntaxTree.ParseText(code)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return
        [
            .. compilation.GetDiagnostics()
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => diagnostic.Id),
        ];
    }
}
