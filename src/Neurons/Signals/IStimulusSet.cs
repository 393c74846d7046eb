namespace Nudge.Signals;

/// <summary>
/// A set of examples that can be read in any order, from several threads at once. Each has a class, or values that the output is to take.
/// </summary>
public interface IStimulusSet
{
    /// <summary>Number of examples.</summary>
    int Count { get; }

    /// <summary>Values per example, in [0, 1]: the size of the input population.</summary>
    int InputSize { get; }

    /// <summary>Number of classes, or of target values: the size of the output population.</summary>
    int Classes { get; }

    /// <summary>Whether examples have target values in the place of a class.</summary>
    bool HasTargets => false;

    /// <summary>The class of an example, from 0 to <see cref="Classes"/> − 1; 0 where it has target values.</summary>
    /// <param name="index">Example, from 0 to <see cref="Count"/> − 1.</param>
    int LabelOf(int index);

    /// <summary>Writes an example's values.</summary>
    /// <param name="index">Example, from 0 to <see cref="Count"/> − 1.</param>
    /// <param name="destination"><see cref="InputSize"/> values.</param>
    void CopyInput(int index, Span<float> destination);

    /// <summary>Writes an example's values as a presentation in training shows them: a set may vary them.</summary>
    /// <param name="index">Example, from 0 to <see cref="Count"/> − 1.</param>
    /// <param name="presentation">Number of the presentation in the run, from 0; what varies is a function of it and of the seed alone.</param>
    /// <param name="destination"><see cref="InputSize"/> values.</param>
    void CopyShown(int index, long presentation, Span<float> destination) => CopyInput(index, destination);

    /// <summary>Writes the values that the output is to take; only of a set that <see cref="HasTargets"/>.</summary>
    /// <param name="index">Example, from 0 to <see cref="Count"/> − 1.</param>
    /// <param name="destination"><see cref="Classes"/> values.</param>
    /// <exception cref="NotSupportedException">Examples have classes.</exception>
    void CopyTarget(int index, Span<float> destination) => throw new NotSupportedException("Its examples have classes.");
}
