namespace Nudge.Stimuli;

/// <summary>A pair of IDX image and label files for training, and another for test.</summary>
internal static class IdxSet
{
    internal static StimulusSets Load(DataRequest request)
    {
        string folder = request.Path
            ?? throw new DataException(
                $"data set {request.Set} needs a folder of IDX files: give data.path or --data, set "
                + $"{DataSetCatalog.FolderVariable}, or run: nudge data fetch mnist");
        if (!Directory.Exists(folder))
            throw new DataException($"{folder}: no such folder; expected the IDX files of {request.Set}");
        ImageSet train = Load(folder, "train", request.Train);
        ImageSet test = Load(folder, "t10k", request.Test);
        if (train.InputSize != test.InputSize)
            throw new DataException($"{folder}: training images have {train.InputSize} pixels, test images {test.InputSize}");
        return new(train, test, request.Set, folder);
    }

    private static ImageSet Load(string folder, string part, int? limit)
    {
        string imagePath = Find(folder, $"{part}-images-idx3-ubyte");
        string labelPath = Find(folder, $"{part}-labels-idx1-ubyte");
        (byte[] pixels, int count, int size) = IdxFile.ReadImages(imagePath);
        byte[] labels = IdxFile.ReadLabels(labelPath);
        if (labels.Length != count)
            throw new DataException($"{labelPath}: {labels.Length} labels; expected {count}, one for each image");
        int place = Array.FindIndex(labels, label => label > 9);
        if (place >= 0)
            throw new DataException($"{labelPath}: byte {place + 8}: label {labels[place]}; expected 0 to 9");
        if (limit is int wanted && wanted > count)
            throw new DataException($"{imagePath}: {count} images; the experiment asks for {wanted}");
        int used = limit ?? count;
        return new(pixels.AsSpan(0, used * size).ToArray(), labels.AsSpan(0, used).ToArray(), size, 10);
    }

    private static string Find(string folder, string name)
    {
        string plain = Path.Combine(folder, name);
        string zipped = plain + ".gz";
        return File.Exists(plain) ? plain : File.Exists(zipped) ? zipped : throw new DataException(
            $"{plain}[.gz]: no such file; set {DataSetCatalog.FolderVariable} or data.path to a folder that has it, "
            + "or run: nudge data fetch mnist");
    }
}
