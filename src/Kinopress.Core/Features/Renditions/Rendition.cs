using System.Text.Json;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Media.Fmp4;
using Kinopress.Media.Planning;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kinopress.Core.Features.Renditions;

/// <summary>One quality of a video's picture, or one of its sound tracks, made chunk by chunk.</summary>
public sealed class Rendition
{
    private readonly List<RenditionChunk> _chunks = [];

    private Rendition()
    {
    }

    public Id<Rendition> Id { get; private set; }

    public Id<Video> VideoId { get; private set; }

    /// <summary>Its name in the plan and in addresses: <c>720p</c>, <c>audio-0</c>.</summary>
    public string Key { get; private set; } = "";

    public RenditionKind Kind { get; private set; }

    /// <summary>In pixels as shown; 0 for sound.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Frames per second; 0 for sound.</summary>
    public double FrameRate { get; private set; }

    /// <summary>0 for pictures.</summary>
    public int Channels { get; private set; }

    /// <summary>BCP 47 or ISO 639-2 as the file says; null when it does not.</summary>
    public string? Language { get; private set; }

    public string? Title { get; private set; }

    public bool IsDefault { get; private set; }

    /// <summary>How many chunks make it whole.</summary>
    public int ChunkCount { get; private set; }

    public IReadOnlyList<RenditionChunk> Chunks => _chunks;

    public static Rendition Picture(Id<Video> videoId, PlannedRendition planned, int chunkCount, TimeProvider clock) => new()
    {
        Id = Id<Rendition>.New(clock),
        VideoId = videoId,
        Key = planned.Key,
        Kind = RenditionKind.Picture,
        Width = planned.Width,
        Height = planned.Height,
        FrameRate = planned.FrameRate.Value,
        ChunkCount = chunkCount,
    };

    /// <summary>A quality of a live's recording, with its sound inside; the sound alone where there was no picture.</summary>
    public static Rendition Recorded(Id<Video> videoId, RecordedRendition recorded, TimeProvider clock) => new()
    {
        Id = Id<Rendition>.New(clock),
        VideoId = videoId,
        Key = recorded.Key,
        Kind = recorded.HasPicture ? RenditionKind.Picture : RenditionKind.Sound,
        Width = recorded.Width,
        Height = recorded.Height,
        FrameRate = recorded.FrameRate,
        IsDefault = !recorded.HasPicture,
        ChunkCount = recorded.Chunks.Count,
    };

    public static Rendition Sound(Id<Video> videoId, PlannedAudio planned, int chunkCount, TimeProvider clock) => new()
    {
        Id = Id<Rendition>.New(clock),
        VideoId = videoId,
        Key = planned.Key,
        Kind = RenditionKind.Sound,
        Channels = planned.Channels,
        Language = planned.Language,
        Title = planned.Title,
        IsDefault = planned.IsDefault,
        ChunkCount = chunkCount,
    };
}

/// <summary>What a rendition is of.</summary>
public enum RenditionKind
{
    Picture,
    Sound,
}

/// <summary>One finished piece of a rendition: a fragmented MP4 whose segments drop into the playlist in place.</summary>
public sealed class RenditionChunk
{
    private RenditionChunk()
    {
    }

    public Id<RenditionChunk> Id { get; private set; }

    public Id<Rendition> RenditionId { get; private set; }

    /// <summary>From 0, in the order of time.</summary>
    public int Index { get; private set; }

    /// <summary>Its name in addresses: index and a hash of its content, so that what an address serves never changes.</summary>
    public string Name { get; private set; } = "";

    public string BlobKey { get; private set; } = "";

    public long SizeInBytes { get; private set; }

    /// <summary>Bytes of the initialisation section at the start of the file.</summary>
    public long InitSize { get; private set; }

    /// <summary>A hash of those bytes: chunks that share it share one <c>EXT-X-MAP</c>.</summary>
    public string InitHash { get; private set; } = "";

    /// <summary>RFC 6381.</summary>
    public string Codecs { get; private set; } = "";

    /// <summary>Timestamps or encoding change before its first segment (RFC 8216 §4.3.2.3).</summary>
    public bool StartsDiscontinuity { get; private set; }

    /// <summary>The <see cref="Segment"/> list as JSON.</summary>
    public string SegmentsJson { get; private set; } = "[]";

    public static RenditionChunk Create(Rendition rendition, int index, FinishedChunk made, TimeProvider clock) => new()
    {
        Id = Id<RenditionChunk>.New(clock),
        RenditionId = rendition.Id,
        Index = index,
        Name = made.Name,
        BlobKey = made.BlobKey,
        SizeInBytes = made.SizeInBytes,
        InitSize = made.InitSize,
        InitHash = made.InitHash,
        Codecs = made.Codecs,
        StartsDiscontinuity = made.StartsDiscontinuity,
        SegmentsJson = JsonSerializer.Serialize(made.Segments),
    };
}

/// <summary>What an encoder run, or a live's recording, left behind for one rendition.</summary>
/// <param name="Codecs">RFC 6381, of picture and sound where both are inside.</param>
public sealed record FinishedChunk(
    string RenditionKey,
    string Name,
    string BlobKey,
    long SizeInBytes,
    long InitSize,
    string InitHash,
    string Codecs,
    IReadOnlyList<Segment> Segments)
{
    /// <summary>Timestamps or encoding change before its first segment.</summary>
    public bool StartsDiscontinuity { get; init; }
}

internal sealed class RenditionModel : IEntityTypeConfiguration<Rendition>
{
    public void Configure(EntityTypeBuilder<Rendition> builder)
    {
        builder.ToTable("renditions");
        builder.HasKey(rendition => rendition.Id);
        builder.Property(rendition => rendition.Key).HasMaxLength(40);
        builder.Property(rendition => rendition.Language).HasMaxLength(35);
        builder.Property(rendition => rendition.Title).HasMaxLength(400);
        builder.HasIndex(rendition => new { rendition.VideoId, rendition.Key }).IsUnique();
        builder.HasOne<Video>().WithMany().HasForeignKey(rendition => rendition.VideoId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(rendition => rendition.Chunks).WithOne().HasForeignKey(chunk => chunk.RenditionId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RenditionChunkModel : IEntityTypeConfiguration<RenditionChunk>
{
    public void Configure(EntityTypeBuilder<RenditionChunk> builder)
    {
        builder.ToTable("rendition_chunks");
        builder.HasKey(chunk => chunk.Id);
        builder.Property(chunk => chunk.Name).HasMaxLength(80);
        builder.Property(chunk => chunk.BlobKey).HasMaxLength(200);
        builder.Property(chunk => chunk.InitHash).HasMaxLength(64);
        builder.Property(chunk => chunk.Codecs).HasMaxLength(80);
        builder.HasIndex(chunk => new { chunk.RenditionId, chunk.Index }).IsUnique();
    }
}
