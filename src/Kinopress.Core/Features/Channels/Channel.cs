using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kinopress.Core.Features.Channels;

/// <summary>The public identity that publishes videos. Its handle is its address: <c>/@handle</c>.</summary>
public sealed class Channel
{
    public const int MaxNameLength = 80;
    public const int MaxHandleLength = 30;
    public const int MaxDescriptionLength = 2_000;

    private Channel()
    {
    }

    public Id<Channel> Id { get; private set; }

    /// <summary>Lower-case letters, digits and hyphens; unique on the site.</summary>
    public string Handle { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>Null when nothing has been written.</summary>
    public string? Description { get; private set; }

    public Id<User> OwnerId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static Channel Create(string name, string handle, Id<User> ownerId, TimeProvider clock) => new()
    {
        Id = Id<Channel>.New(clock),
        Name = name,
        Handle = handle,
        OwnerId = ownerId,
        CreatedAt = clock.GetUtcNow(),
    };

    public void Edit(string name, string handle, string? description)
    {
        Name = name;
        Handle = handle;
        Description = description;
    }
}

internal sealed class ChannelModel : IEntityTypeConfiguration<Channel>
{
    public void Configure(EntityTypeBuilder<Channel> builder)
    {
        builder.ToTable("channels");
        builder.HasKey(channel => channel.Id);
        builder.Property(channel => channel.Name).HasMaxLength(Channel.MaxNameLength * 4);
        builder.Property(channel => channel.Handle).HasMaxLength(Channel.MaxHandleLength);
        builder.HasIndex(channel => channel.Handle).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(channel => channel.OwnerId).OnDelete(DeleteBehavior.Restrict);
    }
}
