using System.ComponentModel.DataAnnotations;
using Nudge.Catalogue;
using Nudge.Models;

namespace Nudge.DataSets;

/// <summary>The examples of an experiment file: a set by name, with its own settings.</summary>
[ChosenBy("set", Default = "file", DefaultNeeds = "file", IgnoresOthers = true)]
public abstract record DataSettings : DefinedSettings
{
    /// <summary>Examples to learn from; by default all, or a usual number where the program draws them.</summary>
    [Range(1, 1_000_000)]
    public int? Train { get; init; }

    /// <summary>Held-out examples to be judged by; by default all, or a usual number.</summary>
    [Range(1, 1_000_000)]
    public int? Test { get; init; }

    /// <summary>Values above this become 1 and all others 0; by default they stay as they are.</summary>
    [Range(0, 1)]
    public double? Binarise { get; init; }

    /// <summary>
    /// The largest number of pixels by which a training image is moved across and down, drawn again each time that the image is shown. Pixels that
    /// come in from outside are 0. Held-out images are not moved. The examples must be images.
    /// </summary>
    [Range(0, 100)]
    public int Shift { get; init; }

    /// <summary>Folder of files that the file itself names, or null.</summary>
    public virtual string? Folder => null;

    /// <summary>The same settings with a folder of files; those of a set without files stay as they are.</summary>
    /// <param name="folder">The folder.</param>
    public virtual DataSettings WithFolder(string folder) => this;

    /// <summary>The same settings with each path of their own replaced.</summary>
    /// <param name="replacement">Gives the new path for a path and the setting that holds it, such as data.path.</param>
    public virtual DataSettings WithPaths(Func<string, string, string> replacement) => this;

    /// <summary>The set.</summary>
    public DataSetDefinition Set => (DataSetDefinition)Definition;

    /// <summary>What is known of the examples before they are read.</summary>
    public ExampleTraits Traits
    {
        get
        {
            (int Inputs, int Classes)? shape = Set.ShapeOf(this);
            return new(Set.Name, shape?.Inputs, shape?.Classes, Set.IsGrey && Binarise is null);
        }
    }
}

/// <summary>A data set as one self-describing definition. A new set is one file: its settings, its definition, its examples.</summary>
public abstract class DataSetDefinition : ISettingsDefinition
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Summary { get; }

    /// <inheritdoc/>
    public abstract Type SettingsType { get; }

    /// <summary>The settings that hold where a file names the set alone.</summary>
    public abstract DataSettings Defaults { get; }

    /// <summary>Whether it is drawn from the seed, so that runs of different seeds cannot share it.</summary>
    public virtual bool IsDrawn => false;

    /// <summary>Whether the program has all its examples, and opens no file for them.</summary>
    public virtual bool IsBuiltIn => false;

    /// <summary>Whether values between 0 and 1 occur.</summary>
    public virtual bool IsGrey => false;

    /// <summary>Values of an example and number of classes, where they are known before the set is read; else null.</summary>
    public abstract (int Inputs, int Classes)? ShapeOf(DataSettings settings);

    /// <summary>
    /// Values of an example as the header of a file states them, and that file; the examples themselves are not read. Null where the
    /// program knows them anyway, or where there is no such file.
    /// </summary>
    /// <param name="settings">Its settings, of <see cref="SettingsType"/>, with absolute paths.</param>
    /// <exception cref="DataException">The file is damaged, or has no such columns or arrays.</exception>
    public virtual (int Inputs, string Path)? InputsInFile(DataSettings settings) => null;

    /// <summary>Loads or draws the set, with values as they are.</summary>
    /// <param name="settings">Its settings, of <see cref="SettingsType"/>.</param>
    /// <param name="folder">Folder of files, or null.</param>
    /// <param name="seed">Seed of sets that the program draws itself.</param>
    /// <exception cref="DataException">Its files are missing or damaged.</exception>
    public abstract StimulusSets Load(DataSettings settings, string? folder, ulong seed);
}

/// <summary>A data set with settings of one type.</summary>
/// <typeparam name="TSettings">Its settings.</typeparam>
/// <param name="name">The name by which it is chosen.</param>
/// <param name="summary">What it is.</param>
public abstract class DataSetDefinition<TSettings>(string name, string summary) : DataSetDefinition
    where TSettings : DataSettings, new()
{
    /// <inheritdoc/>
    public sealed override string Name => name;

    /// <inheritdoc/>
    public sealed override string Summary => summary;

    /// <inheritdoc/>
    public sealed override Type SettingsType => typeof(TSettings);

    /// <inheritdoc/>
    public sealed override DataSettings Defaults => new TSettings();

    /// <inheritdoc/>
    public sealed override (int Inputs, int Classes)? ShapeOf(DataSettings settings) => Shape((TSettings)settings);

    /// <inheritdoc/>
    public sealed override StimulusSets Load(DataSettings settings, string? folder, ulong seed) =>
        Load((TSettings)settings, folder, seed);

    /// <summary>Values of an example and number of classes, or null.</summary>
    protected abstract (int Inputs, int Classes)? Shape(TSettings settings);

    /// <summary>Loads or draws the set.</summary>
    protected abstract StimulusSets Load(TSettings settings, string? folder, ulong seed);
}
