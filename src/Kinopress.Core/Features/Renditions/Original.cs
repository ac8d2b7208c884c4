using System.Text.Json;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Media.Planning;
using Kinopress.Media.Probing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kinopress.Core.Features.Renditions;

/// <summary>The file a creator uploaded, kept as it came, with what was found in it and what is to be made of it.</summary>
public sealed class Original
{
    private Original()
    {
    }

    public Id<Video> VideoId { get; private set; }

    public string BlobKey { get; private set; } = "";

    public long SizeInBytes { get; private set; }

    public byte[] Sha256 { get; private set; } = [];

    public string FileName { get; private set; } = "";

    /// <summary><see cref="ProbedMedia"/> as JSON; null until somebody could look.</summary>
    public string? ProbedJson { get; private set; }

    /// <summary><see cref="RenditionPlan"/> as JSON; null until planned.</summary>
    public string? PlanJson { get; private set; }

    public ProbedMedia? Probed => Read<ProbedMedia>(ProbedJson);

    public RenditionPlan? Plan => Read<RenditionPlan>(PlanJson);

    /// <param name="probed">Null when nobody could look yet.</param>
    public static Original Create(Video video, string fileName, long sizeInBytes, byte[] sha256, ProbedMedia? probed) => new()
    {
        VideoId = video.Id,
        BlobKey = $"{RenditionBlobs.FolderOf(video.Id)}/original",
        SizeInBytes = sizeInBytes,
        Sha256 = sha256,
        FileName = fileName,
        ProbedJson = probed is null ? null : JsonSerializer.Serialize(probed),
    };

    public void Remember(ProbedMedia probed) => ProbedJson = JsonSerializer.Serialize(probed);

    public void Follow(RenditionPlan plan) => PlanJson = JsonSerializer.Serialize(plan);

    private static T? Read<T>(string? json)
        where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json);
}

internal sealed class OriginalModel : IEntityTypeConfiguration<Original>
{
    public void Configure(EntityTypeBuilder<Original> builder)
    {
        builder.ToTable("originals");
        builder.HasKey(original => original.VideoId);
        builder.Property(original => original.BlobKey).HasMaxLength(200);
        builder.Property(original => original.FileName).HasMaxLength(255 * 4);
        builder.Property(original => original.Sha256).HasMaxLength(32);
        builder.Ignore(original => original.Probed);
        builder.Ignore(original => original.Plan);
        builder.HasOne<Video>().WithOne().HasForeignKey<Original>(original => original.VideoId).OnDelete(DeleteBehavior.Cascade);
    }
}
