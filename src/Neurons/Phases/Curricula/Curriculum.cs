using Nudge.Networks;
using Nudge.Plasticity;
using Nudge.Signals;
using Nudge.Stimuli;

namespace Nudge.Phases.Curricula;

/// <summary>What a model is shown in a phase, and how the coordinator reads its answer.</summary>
internal abstract class Curriculum
{
    private readonly int[] _labels;

    protected Curriculum(NetworkPlan network)
    {
        Network = network;
        _labels = new int[network.Settings.Lanes];
    }

    /// <summary>Whether the network can be asked for the class of a stimulus.</summary>
    internal virtual bool CanAnswer => true;

    /// <summary>Phases that one question takes.</summary>
    internal virtual int Parts => 1;

    /// <summary>Whether an answer is made of all that is said in a phase, and not only of its end.</summary>
    internal virtual bool HearsEveryStep => false;

    /// <summary>Whether a stimulus's first phase, where it is negative, is itself an answer.</summary>
    internal virtual bool AnswersInFreePhases => false;

    /// <summary>The class of the example in each lane.</summary>
    internal ReadOnlySpan<int> Labels => _labels;

    protected NetworkPlan Network { get; }

    protected int Lanes => _labels.Length;

    internal static Curriculum Of(NetworkPlan network, RunPlan run) => network.Settings.Model.Kind switch
    {
        ModelKind.BoltzmannMachine =>
            new BoltzmannCurriculum(network, run.EvaluateLength ?? network.Settings.Phases.Length.Mean),
        ModelKind.ForwardForward => new ForwardForwardCurriculum(network),
        _ => new EquilibriumCurriculum(network),
    };

    /// <summary>Takes an example for each lane.</summary>
    internal void Show(IStimulusSet examples, Func<int, int> exampleOfLane)
    {
        float[] values = new float[Lanes * Network.Input.Size];
        for (int lane = 0; lane < Lanes; lane++)
        {
            int example = exampleOfLane(lane);
            examples.CopyInput(example, values.AsSpan(lane * Network.Input.Size, Network.Input.Size));
            _labels[lane] = examples.LabelOf(example);
        }

        Show(values);
    }

    /// <summary>Whether the network is to be asked about these examples before it is taught by them.</summary>
    internal virtual bool AsksBefore(ReadOnlySpan<bool> positive) => false;

    /// <summary>What a training phase shows.</summary>
    internal abstract PhaseProgram Teach(PhaseTag tag, ReadOnlySpan<bool> positive, ReadOnlySpan<int> sign, double length);

    /// <summary>What one phase of a question shows.</summary>
    internal abstract PhaseProgram Ask(PhaseTag tag, int part, double length);

    /// <summary>Forgets all answers.</summary>
    internal abstract void ForgetAnswers();

    /// <summary>Hears what a slice says.</summary>
    /// <param name="slice">Who says it.</param>
    /// <param name="answer">lanes × what it says of each.</param>
    internal abstract void Hear(SlicePlan slice, ReadOnlySpan<float> answer);

    /// <summary>Ends one phase of a question.</summary>
    internal virtual void EndPart(int part)
    {
    }

    /// <summary>The class that the network named, or −1.</summary>
    internal abstract int AnswerOf(int lane);

    internal virtual void Save(BinaryWriter writer)
    {
        foreach (int label in _labels)
            writer.Write(label);
    }

    internal virtual void Restore(BinaryReader reader)
    {
        for (int lane = 0; lane < Lanes; lane++)
            _labels[lane] = reader.ReadInt32();
    }

    /// <summary>Takes the values of the examples, lanes × units of the input population.</summary>
    protected abstract void Show(float[] values);
}
