namespace Nudge.Signals;

/// <summary>A set of labelled examples that can be read in any order, from several threads at once.</summary>
public interface IStimulusSet
{
    /// <summary>Number of examples.</summary>
    int Count { get; }

    /// <summary>Values per example, in [0, 1]: the size of the input population.</summary>
    int InputSize { get; }

    /// <summary>Number of classes: the size of the output population.</summary>
    int Classes { get; }

    /// <summary>The class of an example, from 0 to <see cref="Classes"/> − 1.</summary>
    /// <param name="index">Example, from 0 to <see cref="Count"/> − 1.</param>
    int LabelOf(int index);

    /// <summary>Writes an example's values.</summary>
    /// <param name="index">Example, from 0 to <see cref="Count"/> − 1.</param>
    /// <param name="destination"><see cref="InputSize"/> values.</param>
    void CopyInput(int index, Span<float> destination);
}
