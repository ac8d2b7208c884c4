using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Channels;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kinopress.Core.Features.Uploads;

/// <summary>A file on its way in. How much of it has arrived is the length of its file, not a column.</summary>
public sealed class Upload
{
    public const int MaxFileNameLength = 255;

    /// <summary>Unfinished uploads are kept this long after their last byte.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>For one of which no byte has come: its place on the disk is somebody else's then.</summary>
    public static readonly TimeSpan EmptyLifetime = TimeSpan.FromHours(1);

    private Upload()
    {
    }

    public Id<Upload> Id { get; private set; }

    public Id<User> UserId { get; private set; }

    public Id<Channel> ChannelId { get; private set; }

    /// <summary>In bytes, greater than zero.</summary>
    public long Length { get; private set; }

    /// <summary>As the person's computer calls it, tidied; only ever shown, never used as a path.</summary>
    public string FileName { get; private set; } = "";

    public string Title { get; private set; } = "";

    public Visibility Visibility { get; private set; }

    public bool PublishWhenReady { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>The video it became; null until finished.</summary>
    public string? VideoPublicId { get; private set; }

    public static Upload Create(Id<User> userId, Id<Channel> channelId, ValidUpload request, TimeProvider clock) => new()
    {
        Id = Id<Upload>.New(clock),
        UserId = userId,
        ChannelId = channelId,
        Length = request.Length,
        FileName = request.FileName,
        Title = request.Title,
        Visibility = request.Visibility,
        PublishWhenReady = request.PublishWhenReady,
        CreatedAt = clock.GetUtcNow(),
        ExpiresAt = clock.GetUtcNow() + EmptyLifetime,
    };

    public void Finish(string videoPublicId) => VideoPublicId = videoPublicId;

    public void Continue(DateTimeOffset now) => ExpiresAt = now + Lifetime;
}

internal sealed class UploadModel : IEntityTypeConfiguration<Upload>
{
    public void Configure(EntityTypeBuilder<Upload> builder)
    {
        builder.ToTable("uploads");
        builder.HasKey(upload => upload.Id);
        builder.Property(upload => upload.FileName).HasMaxLength(Upload.MaxFileNameLength * 4);
        builder.Property(upload => upload.Title).HasMaxLength(VideoDetails.MaxTitleLength * 4);
        builder.Property(upload => upload.VideoPublicId).HasMaxLength(11);
        builder.HasIndex(upload => new { upload.UserId, upload.CreatedAt });
        builder.HasIndex(upload => upload.ExpiresAt);
        builder.HasOne<User>().WithMany().HasForeignKey(upload => upload.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Channel>().WithMany().HasForeignKey(upload => upload.ChannelId).OnDelete(DeleteBehavior.Cascade);
    }
}
