using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nudge.Coordinator.Tests.Plugins;

/// <summary>Compiles the assembly of a plug-in from its source, against the assemblies of this process.</summary>
internal static class CompiledPlugin
{
    /// <summary>A delay law that nothing else is called after.</summary>
    internal const string Law = """
        using Nudge.Catalogue;
        using Nudge.Links;
        using Nudge.Randomness;

        public sealed record FixedDelay : DelaySettings
        {
            public double After { get; init; } = 1;
            public override ISettingsDefinition Definition => Own.Instance;
            public override double MeanDelay => After;
            public override DelaySampler CreateSampler() => new Sampler(After);

            private sealed class Own() : Definition("NAME", "Always late by the same time.", typeof(FixedDelay))
            {
                internal static readonly Own Instance = new();
            }

            private sealed class Sampler(double after) : DelaySampler
            {
                public override double Sample(RandomKey key, ulong draw) => after;
            }
        }
        """;

    /// <summary>A rule whose end of a phase is given.</summary>
    internal const string Rule = """
        using System;
        using System.IO;
        using Nudge.Plasticity;

        public sealed record OwnSettings : RuleSettings
        {
            public override RuleDefinition Rule => Own.Instance;
        }

        public sealed class Own : RuleDefinition<OwnSettings>
        {
            internal static readonly Own Instance = new();
            public override string Name => "own";
            public override string Summary => "A rule.";
            public override string Source => "a test";
            protected override IPlasticityRule Create(OwnSettings settings, RuleContext context) => new OwnRule(context);
        }

        internal sealed class OwnRule(RuleContext context) : IPlasticityRule
        {
            FIELDS
            public LearningOutcome Elapse(in LocalSignals here, float elapsed) => LearningOutcome.Nothing;
            public LearningOutcome EndPhase(in LocalSignals here)
            {
                CODE
                return context.Gate ? LearningOutcome.Nothing : LearningOutcome.Gated;
            }
        }
        """;

    /// <summary>Writes an assembly.</summary>
    /// <param name="file">Where.</param>
    /// <param name="source">C#.</param>
    /// <param name="more">Another assembly that it refers to.</param>
    internal static string Write(string file, string source, string? more = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string[] known = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(file),
            [CSharpSyntaxTree.ParseText(source)],
            known.Append(more).OfType<string>().Select(path => MetadataReference.CreateFromFile(path)),
            new(OutputKind.DynamicallyLinkedLibrary));
        var result = compilation.Emit(file);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return file;
    }
}
