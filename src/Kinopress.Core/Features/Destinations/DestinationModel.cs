using Kinopress.Core.Features.Lives;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kinopress.Core.Features.Destinations;

internal sealed class DestinationModel : IEntityTypeConfiguration<Destination>
{
    public void Configure(EntityTypeBuilder<Destination> builder)
    {
        builder.ToTable("destinations");
        builder.HasKey(destination => destination.Id);
        builder.Property(destination => destination.Name).HasMaxLength(DestinationDetails.MaxNameLength * 4);
        builder.Property(destination => destination.Url).HasMaxLength(DestinationDetails.MaxUrlLength);
        builder.Property(destination => destination.SealedStreamKey).HasMaxLength(2048);
        builder.Property(destination => destination.Revision).IsConcurrencyToken();
        builder.Ignore(destination => destination.SealContext);
        builder.Ignore(destination => destination.Details);

        // What a live is passed on to; what a creator manages.
        builder.HasIndex(destination => destination.LiveId).HasDatabaseName("ix_destinations_live");
        builder.HasIndex(destination => new { destination.ChannelId, destination.CreatedAt }).HasDatabaseName("ix_destinations_channel_created_at");

        builder.HasOne(destination => destination.Channel).WithMany().HasForeignKey(destination => destination.ChannelId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Live>().WithMany().HasForeignKey(destination => destination.LiveId).OnDelete(DeleteBehavior.Cascade);
    }
}
