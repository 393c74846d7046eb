namespace Nudge.Stimuli;

/// <summary>A public data set that can be downloaded.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Licence">Its licence, and whom to name.</param>
/// <param name="Mirrors">Addresses of folders that hold its files, tried one after another.</param>
/// <param name="Files">Its files.</param>
internal sealed record DownloadSet(string Name, string Licence, IReadOnlyList<string> Mirrors, IReadOnlyList<DownloadFile> Files)
{
    /// <summary>The parts of which one is taken out of an archive; empty where the files are the set.</summary>
    internal IReadOnlyList<string> Splits { get; init; } = [];

    /// <summary>Takes what is asked for out of the downloaded archive, given the folder and the part; null where there is no archive.</summary>
    internal Action<string, string>? Extract { get; init; }

    /// <summary>The settings under <c>data</c> that use it, given its path as YAML and the part.</summary>
    internal required Func<string, string, string> Usage { get; init; }

    /// <summary>The inputs and classes of a network for it, by part.</summary>
    internal required Func<string, string> Sizes { get; init; }
}

/// <summary>
/// The public data sets. The MD5 sums are those that torchvision checks (torchvision/datasets/mnist.py), for CIFAR-10 the one on the page
/// of its authors.
/// </summary>
internal static class DownloadCatalog
{
    private static readonly string[] Images =
    [
        "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz",
    ];

    /// <summary>All sets.</summary>
    internal static IReadOnlyList<DownloadSet> All { get; } =
    [
        Idx(
            "mnist",
            "Creative Commons Attribution-ShareAlike 3.0, as commonly stated; Y. LeCun, C. Cortes and C. J. C. Burges",
            [
                "https://ossci-datasets.s3.amazonaws.com/mnist/",
                "https://storage.googleapis.com/cvdf-datasets/mnist/",
            ],
            "f68b3c2dcbeaaa9fbdd348bbdeb94873",
            "d53e105ee54ea40749a09fcbcd1e9432",
            "9fb629c4189551a2d022fa330f9573f3",
            "ec29112dd5afa0611ce80d1b7f02629c") with
        {
            Usage = (path, _) => $"{{set: mnist, path: {path}}}",
        },
        Idx(
            "fashion-mnist",
            "MIT; Zalando SE (H. Xiao, K. Rasul and R. Vollgraf 2017, arXiv:1708.07747)",
            [
                "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
            ],
            "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
            "25c81989df183df01b3e8a0aad5dffbe",
            "bef4ecab320f06d8554ea6380940ec79",
            "bb300cfdad3c16e7a12a480ee83cd310"),
        Idx(
            "kmnist",
            "Creative Commons Attribution-ShareAlike 4.0; \"KMNIST Dataset\" (created by CODH), adapted from \"Kuzushiji Dataset\" "
            + "(created by NIJL and others), doi:10.20676/00000341",
            ["http://codh.rois.ac.jp/kmnist/dataset/kmnist/"],
            "bdb82020997e1d708af4cf47b453dcf7",
            "e144d726b3acfaa3e44228e80efcd344",
            "5c965bf0a639b31b8f53240b1b52f4d7",
            "7320c461ea6c1c855c0b718fb2a4b134"),
        new(
            "emnist",
            "public domain, from NIST Special Database 19; name G. Cohen, S. Afshar, J. Tapson and A. van Schaik 2017 (arXiv:1702.05373)",
            ["https://biometrics.nist.gov/cs_links/EMNIST/", "https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/"],
            [new("gzip.zip", "58c8d27c78d21e728a6bc7b3cc06412e")])
        {
            Splits = ["balanced", "byclass", "bymerge", "digits", "letters", "mnist"],
            Extract = (folder, split) => DataArchive.ExtractZip(folder, "gzip.zip", [.. Images.Select(name => Emnist(name, split))]),
            Usage = (path, split) => $"{{set: idx, path: {path}, prefix: emnist-{split}-}}",
            Sizes = split => $"784 inputs, {EmnistClasses(split)} classes; the images are stored with rows and columns exchanged",
        },
        new(
            "cifar-10",
            "none stated; name A. Krizhevsky 2009, Learning Multiple Layers of Features from Tiny Images (technical report, University of Toronto)",
            ["https://www.cs.toronto.edu/~kriz/", "https://cave.cs.toronto.edu/kriz/"],
            [new("cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530")])
        {
            Extract = (folder, _) => DataArchive.ExtractTar(folder, "cifar-10-binary.tar.gz", CifarFiles.All),
            Usage = (path, _) => $"{{set: cifar-10, path: {path}}}",
            Sizes = _ => "3072 inputs, or 1024 with grey: true, and 10 classes",
        },
    ];

    private static DownloadSet Idx(string name, string licence, string[] mirrors, params string[] sums) =>
        new(name, licence, mirrors, [.. Images.Zip(sums, (file, sum) => new DownloadFile(file, sum))])
        {
            Usage = (path, _) => $"{{set: idx, path: {path}}}",
            Sizes = _ => "784 inputs, 10 classes",
        };

    private static string Emnist(string name, string split) =>
        $"emnist-{split}-{name.Replace("t10k", "test", StringComparison.Ordinal)}";

    private static int EmnistClasses(string split) => split switch
    {
        "byclass" => 62,
        "balanced" or "bymerge" => 47,
        "letters" => 26,
        _ => 10,
    };
}
