using System.Runtime.InteropServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Nudge.Store;

/// <summary>
/// Objects of a bucket, for nodes that share no folder: S3, or another server with the same API. Credentials and region
/// come from where its tools take them (environment, profile, role of the machine), never from a setting; another server is named
/// by the variable <c>AWS_ENDPOINT_URL</c>.
/// </summary>
internal sealed class S3Files : ISnapshotFiles, IDisposable
{
    private const string Separator = "/";
    private const string NoSuchKey = "NoSuchKey";
    private const string UsualRegion = "us-east-1";
    private const int MostKeys = 1000;
    private readonly AmazonS3Client _client;
    private readonly S3Place _place;

    /// <summary>Objects of a bucket.</summary>
    /// <param name="place">The bucket, and how all names begin there.</param>
    /// <param name="endpoint">A server that is not that of the region; null for the one of the region.</param>
    /// <param name="credentials">Who asks; null for what the environment says.</param>
    internal S3Files(S3Place place, Uri? endpoint = null, AWSCredentials? credentials = null)
    {
        _place = place;
        var config = new AmazonS3Config
        {
            // Parts have checksums of their own, and other servers do not know those that are optional.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (endpoint is not null)
        {
            config.ServiceURL = endpoint.ToString();
            // Other servers seldom have a host for each bucket.
            config.ForcePathStyle = true;
            config.AuthenticationRegion = Environment.GetEnvironmentVariable("AWS_REGION") ?? UsualRegion;
        }

        _client = credentials is null ? new(config) : new(credentials, config);
    }

    /// <summary>The most names that the server is asked for at a time; it may give fewer.</summary>
    internal int PageLength { get; init; } = MostKeys;

    /// <summary>The objects of a place, at the server that the environment names.</summary>
    /// <exception cref="IOException">No region is known, or no credentials are.</exception>
    internal static S3Files OfEnvironment(S3Place place)
    {
        string? endpoint = Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_S3") ?? Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL");
        if (endpoint is not null && !Uri.TryCreate(endpoint, UriKind.Absolute, out _))
            throw new IOException($"{place}: AWS_ENDPOINT_URL: expected an address such as https://host:9000, found {endpoint}");
        try
        {
            return new(place, endpoint is null ? null : new Uri(endpoint));
        }
        catch (AmazonClientException error)
        {
            throw new IOException($"{place}: {Describe(error)}", error);
        }
    }

    /// <inheritdoc/>
    public void Put(string name, ReadOnlyMemory<byte> bytes) => Run(() =>
    {
        using MemoryStream body = MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment)
            ? new(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new(bytes.ToArray(), writable: false);
        _client.PutObjectAsync(new() { BucketName = _place.Bucket, Key = KeyOf(name), InputStream = body, UseChunkEncoding = false })
            .GetAwaiter().GetResult();
        return true;
    });

    /// <inheritdoc/>
    public byte[]? Get(string name) => Run(() =>
    {
        try
        {
            using GetObjectResponse response = _client.GetObjectAsync(_place.Bucket, KeyOf(name)).GetAwaiter().GetResult();
            using var bytes = new MemoryStream();
            response.ResponseStream.CopyTo(bytes);
            return bytes.ToArray();
        }
        // That the bucket is missing has the same status, and is no answer to the question.
        catch (AmazonS3Exception error) when (error.ErrorCode == NoSuchKey)
        {
            return null;
        }
    });

    /// <inheritdoc/>
    public IReadOnlyList<string> Below(string beginning)
    {
        string prefix = KeyOf(beginning) + Separator;
        return [.. Run(() => Pages(new() { BucketName = _place.Bucket, Prefix = prefix, Delimiter = Separator, MaxKeys = PageLength })
            .SelectMany(page => page.CommonPrefixes ?? []).Select(one => one[prefix.Length..^Separator.Length]).ToArray())];
    }

    /// <inheritdoc/>
    public long BytesBelow(string beginning) => Run(() => ObjectsBelow(beginning).Sum(one => one.Size ?? 0));

    /// <inheritdoc/>
    public void Delete(string beginning) => Run(() =>
    {
        foreach (string key in ObjectsBelow(beginning).Select(one => one.Key).ToArray())
            _client.DeleteObjectAsync(_place.Bucket, key).GetAwaiter().GetResult();
        return true;
    });

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private IEnumerable<S3Object> ObjectsBelow(string beginning) =>
        Pages(new() { BucketName = _place.Bucket, Prefix = KeyOf(beginning) + Separator, MaxKeys = PageLength }).SelectMany(page => page.S3Objects ?? []);

    private IEnumerable<ListObjectsV2Response> Pages(ListObjectsV2Request request)
    {
        ListObjectsV2Response page;
        do
        {
            page = _client.ListObjectsV2Async(request).GetAwaiter().GetResult();
            yield return page;
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    private string KeyOf(string name) => string.Join(Separator, [.. _place.Prefix, .. SnapshotName.PartsOf(name)]);

    // Messages of the client name neither the bucket nor the server.
    private T Run<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new IOException($"{_place}: {Describe(error)}", error);
        }
    }

    // Where no credentials are found the client tells of each place where it has looked.
    private static string Describe(Exception error) => error.Message.Contains("resolve AWS credentials", StringComparison.Ordinal)
        ? "no credentials were found; expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile (AWS_PROFILE) or a role of the machine"
        : error.Message.Contains("No RegionEndpoint", StringComparison.Ordinal)
            ? "no region was found; expected AWS_REGION, or AWS_ENDPOINT_URL of another server"
            : error.Message;
}

/// <summary>A place among the objects of a bucket, <c>s3://BUCKET/PREFIX</c>.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Prefix">The parts by which all names begin; may be none.</param>
internal sealed record S3Place(string Bucket, IReadOnlyList<string> Prefix)
{
    private const string Scheme = "s3://";

    /// <summary>Whether a text means to name such a place, rightly or not.</summary>
    internal static bool IsMeantBy(string text) => text.StartsWith("s3:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>s3://BUCKET/PREFIX</c>; null where the text is no such place.</summary>
    internal static S3Place? Parse(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
            return null;
        string[] parts = text[Scheme.Length..].TrimEnd('/').Split('/');
        bool valid = parts[0].Length is >= 3 and <= 63 && parts.All(part => part.Length > 0 && part is not ("." or "..")
            && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'));
        return valid ? new(parts[0], parts[1..]) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Scheme + string.Join('/', Prefix.Prepend(Bucket));
}
