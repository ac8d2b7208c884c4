using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kinopress.Core.Features.Accounts;

internal sealed class UserModel : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users");
        builder.HasKey(user => user.Id);
        builder.Property(user => user.Name).HasMaxLength(User.MaxNameLength * 4);
        builder.Property(user => user.Email).HasMaxLength(User.MaxEmailLength);
        builder.Property(user => user.NormalizedEmail).HasMaxLength(User.MaxEmailLength);
        builder.Property(user => user.Role).HasMaxLength(40);
        builder.Property(user => user.PasswordHash);
        builder.Property(user => user.SecurityStamp);
        builder.Ignore(user => user.SessionStamp);
        builder.Property(user => user.ConcurrencyStamp).IsConcurrencyToken();
        builder.Property(user => user.FailedSignIns);
        builder.Property(user => user.LockedOutUntil);
        builder.HasIndex(user => user.NormalizedEmail).IsUnique();
    }
}

internal sealed class AccessTokenModel : IEntityTypeConfiguration<AccessToken>
{
    public void Configure(EntityTypeBuilder<AccessToken> builder)
    {
        builder.ToTable("access_tokens");
        builder.HasKey(token => token.Id);
        builder.Property(token => token.Name).HasMaxLength(AccessToken.MaxNameLength * 4);
        builder.Property(token => token.Hash).HasMaxLength(32);
        builder.Property(token => token.Scopes).HasMaxLength(500);
        builder.HasIndex(token => token.Hash).IsUnique();
        builder.HasOne(token => token.User).WithMany().HasForeignKey(token => token.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
