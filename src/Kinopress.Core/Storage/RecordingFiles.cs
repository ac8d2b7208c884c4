using System.IO.Pipelines;
using System.Text.Json;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Storage;

/// <summary>
/// Recordings that grow while a live is on air: a folder for each session, a file for each stretch that one decoder can
/// play, and beside it a list of what has been written so far. The list is written after the bytes it speaks of, so
/// whatever it names is there after any crash. The reserve of the disk is the database's, not theirs. Thread-safe.
/// </summary>
public sealed class RecordingFiles(DataFolder folder, KinopressOptions options)
{
    private const string MediaEnding = ".mp4";
    private const string ListEnding = ".jsonl";

    /// <summary>Starts a file with its initialisation section.</summary>
    /// <param name="session">The folder's name.</param>
    /// <exception cref="StorageFullException">No room.</exception>
    public RecordingFile Create(string session, RecordedChunk chunk, ReadOnlySpan<byte> init)
    {
        if (!HasRoom(sizeInBytes: 0))
        {
            throw new StorageFullException(inner: null);
        }

        try
        {
            Directory.CreateDirectory(FolderOf(session));
            return new RecordingFile(PathOf(session, chunk.Name), PathOf(session, chunk.Name, ListEnding), chunk, init, HasRoom);
        }
        catch (IOException exception) when (DiskErrors.IsFull(exception))
        {
            throw new StorageFullException(exception);
        }
    }

    /// <summary>Whether so much more may be written without touching the reserve.</summary>
    public bool HasRoom(long sizeInBytes) =>
        options.ReservedDiskInBytes == 0 || DiskErrors.FreeBytes(folder.Root) is not { } free || free - sizeInBytes > options.ReservedDiskInBytes;

    /// <summary>What a session has recorded, in the order in which it was begun; what a crash cut off in the middle is left out.</summary>
    public IReadOnlyList<RecordedChunk> Read(string session) => Directory.Exists(FolderOf(session))
        ? [.. Directory.EnumerateFiles(FolderOf(session), "*" + ListEnding).Select(ReadList).OfType<RecordedChunk>().OrderBy(chunk => chunk.Order)]
        : [];

    public string PathOf(string session, string name) => PathOf(session, name, MediaEnding);

    /// <summary>Sends a piece of a recording, also while it grows.</summary>
    /// <exception cref="FileNotFoundException">It was moved or deleted meanwhile.</exception>
    public static Task CopyToAsync(string path, long offset, long length, PipeWriter target, CancellationToken cancellationToken) =>
        FileCopy.SendAsync(path, offset, length, target, cancellationToken);

    public void Delete(string session, string name)
    {
        File.Delete(PathOf(session, name));
        File.Delete(PathOf(session, name, ListEnding));
    }

    public void Delete(string session)
    {
        if (Directory.Exists(FolderOf(session)))
        {
            Directory.Delete(FolderOf(session), recursive: true);
        }
    }

    public IEnumerable<string> ListSessions() => Directory.EnumerateDirectories(folder.Recordings).Select(path => Path.GetFileName(path));

    public long? FreeBytes() => DiskErrors.FreeBytes(folder.Recordings);

    private string FolderOf(string session) => Path.Combine(folder.Recordings, session);

    private string PathOf(string session, string name, string ending) => Path.Combine(FolderOf(session), name + ending);

    private static RecordedChunk? ReadList(string path)
    {
        using var lines = File.ReadLines(path).GetEnumerator();
        if (!lines.MoveNext() || Parse<RecordedChunk>(lines.Current) is not { } chunk)
        {
            return null;
        }

        var written = new FileInfo(Path.ChangeExtension(path, MediaEnding)) is { Exists: true } file ? file.Length : 0;
        List<RecordedSegment> segments = [];
        while (lines.MoveNext() && Parse<RecordedSegment>(lines.Current) is { } segment && segment.Offset + segment.Size <= written)
        {
            segments.Add(segment);
        }

        return segments.Count == 0 ? null : chunk with { Segments = segments };
    }

    // The last line may be half there.
    private static T? Parse<T>(string line)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A file of a recording: an initialisation section and the segments that are decoded with it.</summary>
/// <param name="Name">Unique in its session.</param>
/// <param name="Order">Rising within the session.</param>
/// <param name="Rendition">Which quality it is of.</param>
/// <param name="InitHash">Equal for equal initialisation sections.</param>
/// <param name="Codecs">RFC 6381.</param>
/// <param name="Width">In pixels; 0 without a picture.</param>
/// <param name="FrameRate">Frames per second; 0 when unknown or without a picture.</param>
/// <param name="StartsDiscontinuity">Timestamps or encoding change before it.</param>
/// <param name="IsFiller">What viewers saw while the encoder was away: not for keeping.</param>
public sealed record RecordedChunk(
    string Name,
    int Order,
    string Rendition,
    long InitSize,
    string InitHash,
    string Codecs,
    int Width,
    int Height,
    double FrameRate,
    bool StartsDiscontinuity,
    bool IsFiller)
{
    /// <summary>In order, without a hole.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<RecordedSegment> Segments { get; init; } = [];
}

/// <summary>A segment of a recorded chunk.</summary>
/// <param name="Offset">In bytes from the start of the file.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Start">In the session's media time.</param>
/// <param name="At">When its first moment happened.</param>
public sealed record RecordedSegment(long MediaSequence, long Offset, long Size, TimeSpan Start, TimeSpan Duration, bool IsIndependent, DateTimeOffset At);
