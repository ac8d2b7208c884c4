using System.Text.Json.Serialization;

namespace Kinopress.Media.Probing;

/// <summary>The film's picture. Attached pictures (album covers) are not video tracks.</summary>
public sealed record VideoTrack
{
    /// <summary>ffmpeg's stream index in the file.</summary>
    public required int Index { get; init; }

    /// <summary>ffmpeg's codec name: <c>h264</c>, <c>hevc</c>, <c>vp9</c>, <c>av1</c>, …</summary>
    public required string Codec { get; init; }

    public string? Profile { get; init; }

    /// <summary>As the codec counts it: 41 is level 4.1 in H.264.</summary>
    public int? Level { get; init; }

    /// <summary>ffmpeg's pixel format: <c>yuv420p</c>, <c>yuv420p10le</c>, …</summary>
    public required string PixelFormat { get; init; }

    /// <summary>Stored width in pixels, before rotation.</summary>
    public required int Width { get; init; }

    /// <summary>Stored height in pixels, before rotation.</summary>
    public required int Height { get; init; }

    /// <summary>Degrees clockwise that a player turns the stored picture: 0, 90, 180 or 270.</summary>
    public required int Rotation { get; init; }

    /// <summary>Width of a stored pixel over its height; 1/1 when the file does not say.</summary>
    public Rational SampleAspectRatio { get; init; } = new(1, 1);

    /// <summary>The average frame rate.</summary>
    public required Rational FrameRate { get; init; }

    public required bool IsVariableFrameRate { get; init; }

    public required bool IsInterlaced { get; init; }

    public required HdrKind Hdr { get; init; }

    /// <summary>ffmpeg's name of the matrix (<c>bt709</c>, …); null when the file does not say.</summary>
    public string? ColorSpace { get; init; }

    /// <summary>Null when neither the track nor the container says.</summary>
    public long? BitrateInBitsPerSecond { get; init; }

    /// <summary>When the last frame ends, counted from the film's first moment; null when unknown.</summary>
    public TimeSpan? EndsAt { get; init; }

    /// <summary>Width a viewer sees, after sample aspect ratio and rotation.</summary>
    [JsonIgnore]
    public int DisplayWidth => IsTurned ? Height : SquareWidth;

    /// <summary>Height a viewer sees, after sample aspect ratio and rotation.</summary>
    [JsonIgnore]
    public int DisplayHeight => IsTurned ? SquareWidth : Height;

    private bool IsTurned => Rotation is 90 or 270;

    private int SquareWidth => SampleAspectRatio.Value > 0
        ? Math.Max(1, (int)Math.Round(Width * SampleAspectRatio.Value, MidpointRounding.AwayFromZero))
        : Width;
}
