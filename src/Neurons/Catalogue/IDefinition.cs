namespace Nudge.Catalogue;

/// <summary>
/// One self-describing definition of a family: a model, a rule, a law of delay or loss, a data set, a placement. It is found
/// by its name; what lists, checks, explains or builds the members of the family asks the definition itself.
/// </summary>
/// <remarks>
/// A definition is a class that can be constructed without arguments; a <see cref="DefinitionCatalogue"/> finds it in its
/// assembly, so that adding one needs no registration anywhere.
/// </remarks>
public interface IDefinition
{
    /// <summary>The word that names it in an experiment file.</summary>
    string Name { get; }

    /// <summary>What it is, in one or two sentences, for lists and for the schema.</summary>
    string Summary { get; }
}

/// <summary>A definition with settings of its own.</summary>
public interface ISettingsDefinition : IDefinition
{
    /// <summary>The record that an experiment file fills for it: a <see cref="DefinedSettings"/> of its family.</summary>
    Type SettingsType { get; }
}

/// <summary>A definition that needs no more than its description: its settings know the rest.</summary>
/// <param name="name">The word that names it in an experiment file.</param>
/// <param name="summary">What it is.</param>
/// <param name="settingsType">Its settings.</param>
public abstract class Definition(string name, string summary, Type settingsType) : ISettingsDefinition
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Summary => summary;

    /// <inheritdoc/>
    public Type SettingsType => settingsType;
}

/// <summary>Settings that belong to one definition among several.</summary>
public abstract record DefinedSettings
{
    /// <summary>The definition that these settings belong to.</summary>
    public abstract ISettingsDefinition Definition { get; }
}

/// <summary>Marks the base record of a family: which key of a file names the definition, and which one holds without it.</summary>
/// <param name="key">The key, such as <c>kind</c> or <c>law</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ChosenByAttribute(string key) : Attribute
{
    /// <summary>The key of a file that names the definition.</summary>
    public string Key { get; } = key;

    /// <summary>The name of the definition where the key is absent; null where it must be written.</summary>
    public string? Default { get; init; }

    /// <summary>The key that must be there for <see cref="Default"/> to hold; null where it holds without any.</summary>
    public string? DefaultNeeds { get; init; }

    /// <summary>
    /// Whether a setting of another definition of the family has no effect and is warned of; otherwise it is an error.
    /// </summary>
    public bool IgnoresOthers { get; init; }
}

/// <summary>Receives what is found wrong with an experiment, with the setting's path as a file writes it.</summary>
public interface IFindings
{
    /// <summary>Reports what makes the experiment unusable.</summary>
    /// <param name="path">The setting, such as <c>learning.rule</c>.</param>
    /// <param name="message">What is wrong, and what was expected.</param>
    void Error(string path, string message);

    /// <summary>Reports what is allowed and probably not meant.</summary>
    /// <param name="path">The setting.</param>
    /// <param name="message">What is wrong, and what would be right.</param>
    void Warn(string path, string message);

    /// <summary>Whether a setting was written, so that it is not a default.</summary>
    /// <param name="path">The setting.</param>
    bool IsWritten(string path);
}
