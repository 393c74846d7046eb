using Nudge.Phases;
using Nudge.Plasticity;
using Nudge.Signals;
using Nudge.State;
using Nudge.Topology;

namespace Nudge.Models;

/// <summary>What a curriculum receives of the network when it is made.</summary>
/// <param name="Network">Populations, projections and slices.</param>
/// <param name="Model">The settings of the model.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Lanes">Number of lanes.</param>
/// <param name="Classes">Classes of the examples.</param>
/// <param name="Step">Mean step of the local clocks, in τ.</param>
/// <param name="QuestionLength">Length of each phase of a question, in τ.</param>
public sealed record CurriculumContext(
    NetworkTopology Network,
    ModelSettings Model,
    ulong Seed,
    int Lanes,
    int Classes,
    double Step,
    double QuestionLength);

/// <summary>What a model is shown in a phase, and how the coordinator reads its answer.</summary>
public abstract class Curriculum : IStateful
{
    /// <summary>In the place of a class: the network was silent, or several classes were equally large.</summary>
    public const int NoAnswer = -1;

    private readonly int[] _labels;

    /// <summary>Makes a curriculum that has shown nothing yet.</summary>
    protected Curriculum(CurriculumContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Network = context.Network;
        _labels = new int[context.Lanes];
    }

    /// <summary>Whether the network can be asked for the class of a stimulus.</summary>
    public virtual bool CanAnswer => true;

    /// <summary>Phases that one question takes.</summary>
    public virtual int Parts => 1;

    /// <summary>Whether an answer is made of all answers of a phase, and not only of the last.</summary>
    public virtual bool UsesEveryStep => false;

    /// <summary>Whether a stimulus's first phase, where it is negative, is itself an answer.</summary>
    public virtual bool AnswersInFreePhases => false;

    /// <summary>The class of the example in each lane.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The network.</summary>
    protected NetworkTopology Network { get; }

    /// <summary>Number of lanes.</summary>
    protected int Lanes => _labels.Length;

    /// <summary>Takes an example for each lane.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="exampleOfLane">The example in a lane.</param>
    /// <param name="presentationOfLane">Number of the presentation in a lane, where a set may vary what training shows; null for examples as they are.</param>
    public void Show(IStimulusSet examples, Func<int, int> exampleOfLane, Func<int, long>? presentationOfLane = null)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(exampleOfLane);
        float[] values = new float[Lanes * Network.Input.Size];
        for (int lane = 0; lane < Lanes; lane++)
        {
            int example = exampleOfLane(lane);
            Span<float> place = values.AsSpan(lane * Network.Input.Size, Network.Input.Size);
            if (presentationOfLane is null)
                examples.CopyInput(example, place);
            else
                examples.CopyShown(example, presentationOfLane(lane), place);
            _labels[lane] = examples.LabelOf(example);
        }

        float[] targets = [];
        if (examples.HasTargets)
        {
            targets = new float[Lanes * examples.Classes];
            for (int lane = 0; lane < Lanes; lane++)
                examples.CopyTarget(exampleOfLane(lane), targets.AsSpan(lane * examples.Classes, examples.Classes));
        }

        Show(values, targets);
    }

    /// <summary>Whether the network is to be asked about these examples before it is taught by them.</summary>
    public virtual bool AsksBefore(ReadOnlySpan<bool> positive) => false;

    /// <summary>What a training phase shows.</summary>
    public abstract PhaseProgram Teach(PhaseTag tag, ReadOnlySpan<bool> positive, ReadOnlySpan<int> sign, double length);

    /// <summary>What one phase of a question shows.</summary>
    public abstract PhaseProgram Ask(PhaseTag tag, int part, double length);

    /// <summary>Forgets all answers.</summary>
    public abstract void ForgetAnswers();

    /// <summary>Receives the answer of a slice.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="answer">lanes × values of each.</param>
    public abstract void Receive(SlicePlan slice, ReadOnlySpan<float> answer);

    /// <summary>Ends one phase of a question.</summary>
    public virtual void EndPart(int part)
    {
    }

    /// <summary>The class that the network named, or <see cref="NoAnswer"/>.</summary>
    public abstract int AnswerOf(int lane);

    /// <summary>Whether the answer is right: the class of the example, or target values within a tolerance.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="tolerance">How far each value may be from its target.</param>
    public virtual bool IsCorrect(int lane, double tolerance) => AnswerOf(lane) == _labels[lane];

    /// <summary>Mean of the squared distances between target values and answered ones; null where examples have classes.</summary>
    /// <param name="lane">The lane.</param>
    public virtual double? SquaredErrorOf(int lane) => null;

    /// <summary>Saves or restores what is shown and what was answered.</summary>
    /// <inheritdoc/>
    public virtual void Describe(StateSection state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Integers(1, _labels);
    }

    /// <summary>Takes the values of the examples.</summary>
    /// <param name="values">lanes × units of the input population.</param>
    /// <param name="targets">lanes × target values; empty where examples have classes.</param>
    /// <exception cref="NotSupportedException">The model learns classes, and there are targets.</exception>
    protected virtual void Show(float[] values, float[] targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Length > 0)
            throw new NotSupportedException("The model learns classes, and the examples have target values.");
        Show(values);
    }

    /// <summary>Takes the values of the examples, lanes × units of the input population.</summary>
    protected abstract void Show(float[] values);
}
