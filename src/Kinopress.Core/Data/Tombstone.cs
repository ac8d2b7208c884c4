using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kinopress.Core.Data;

/// <summary>What is left of a deleted thing: enough for other sites to learn of it, and for its public id never to be used again.</summary>
public sealed class Tombstone
{
    /// <summary>The kind of thing, as events name it: <c>video</c>.</summary>
    public required string Kind { get; init; }

    public required string PublicId { get; init; }

    public required DateTimeOffset DeletedAt { get; init; }
}

internal sealed class TombstoneModel : IEntityTypeConfiguration<Tombstone>
{
    public void Configure(EntityTypeBuilder<Tombstone> builder)
    {
        builder.ToTable("tombstones");
        builder.HasKey(tombstone => new { tombstone.Kind, tombstone.PublicId });
        builder.Property(tombstone => tombstone.Kind).HasMaxLength(32);
        builder.Property(tombstone => tombstone.PublicId).HasMaxLength(64);
    }
}
