using Kinopress.Core.Features.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kinopress.Core.Features.Videos;

internal sealed class VideoModel : IEntityTypeConfiguration<Video>
{
    public void Configure(EntityTypeBuilder<Video> builder)
    {
        builder.ToTable("videos");
        builder.HasKey(video => video.Id);
        builder.Property(video => video.PublicId).HasMaxLength(11);
        builder.Property(video => video.Title).HasMaxLength(VideoDetails.MaxTitleLength * 4);
        builder.Property(video => video.Category).HasMaxLength(VideoDetails.MaxCategoryLength * 4);
        builder.Property(video => video.Language).HasMaxLength(35);
        builder.Property(video => video.Licence).HasMaxLength(VideoDetails.MaxLicenceLength * 4);
        builder.Property(video => video.ProblemCode).HasMaxLength(64);
        builder.Property(video => video.ProblemMessage).HasMaxLength(1000);
        builder.Property(video => video.StoryboardName).HasMaxLength(80);
        builder.Property(video => video.Revision).IsConcurrencyToken();
        builder.Ignore(video => video.IsPlayable);
        builder.HasIndex(video => video.PublicId).IsUnique();
        builder.HasIndex(video => video.FederationId).IsUnique();

        // Lists: what the public sees, newest first; what a channel's people see, newest first.
        builder.HasIndex(video => new { video.Visibility, video.PublishedAt, video.Id }).HasDatabaseName("ix_videos_visibility_published_at");
        builder.HasIndex(video => new { video.ChannelId, video.CreatedAt, video.Id }).HasDatabaseName("ix_videos_channel_created_at");

        builder.HasOne(video => video.Channel).WithMany().HasForeignKey(video => video.ChannelId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(video => video.Sources).WithOne().HasForeignKey(source => source.VideoId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany<VideoChapter>().WithOne().HasForeignKey(chapter => chapter.VideoId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(video => video.Images).WithOne().HasForeignKey(image => image.VideoId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<VideoCounter>().WithOne().HasForeignKey<VideoCounter>(counter => counter.VideoId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class VideoSourceModel : IEntityTypeConfiguration<VideoSource>
{
    public void Configure(EntityTypeBuilder<VideoSource> builder)
    {
        builder.ToTable("video_sources");
        builder.HasKey(source => source.Id);
        builder.HasIndex(source => new { source.VideoId, source.Priority });
    }
}

internal sealed class VideoImageModel : IEntityTypeConfiguration<VideoImage>
{
    public void Configure(EntityTypeBuilder<VideoImage> builder)
    {
        builder.ToTable("video_images");
        builder.HasKey(image => image.Id);
        builder.Property(image => image.Name).HasMaxLength(80);
        builder.Property(image => image.BlobKey).HasMaxLength(200);
        builder.HasIndex(image => new { image.VideoId, image.Name }).IsUnique();
    }
}

internal sealed class VideoCounterModel : IEntityTypeConfiguration<VideoCounter>
{
    public void Configure(EntityTypeBuilder<VideoCounter> builder)
    {
        builder.ToTable("video_counters");
        builder.HasKey(counter => counter.VideoId);
    }
}

internal sealed class VideoChapterModel : IEntityTypeConfiguration<VideoChapter>
{
    public void Configure(EntityTypeBuilder<VideoChapter> builder)
    {
        builder.ToTable("video_chapters");
        builder.HasKey(chapter => new { chapter.VideoId, chapter.StartInMilliseconds });
        builder.Property(chapter => chapter.Title).HasMaxLength(VideoChapter.MaxTitleLength * 4);
    }
}
