using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Channels;
using Kinopress.Core.Features.Lives;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kinopress.Core.Features.Chat;

internal sealed class ChatMessageModel : IEntityTypeConfiguration<ChatMessage>
{
    public void Configure(EntityTypeBuilder<ChatMessage> builder)
    {
        builder.ToTable("chat_messages");
        builder.HasKey(message => message.Id);
        builder.Property(message => message.AuthorName).HasMaxLength(User.MaxNameLength * 4);
        builder.Property(message => message.Text).HasMaxLength(ChatMessage.MaxLength);
        builder.Property(message => message.State).IsConcurrencyToken();

        // History and replay, what waits for a moderator, and everything one person said.
        builder.HasIndex(message => new { message.LiveId, message.State, message.SentAt, message.Id }).HasDatabaseName("ix_chat_messages_live_state_sent_at");
        builder.HasIndex(message => new { message.AuthorId, message.LiveId }).HasDatabaseName("ix_chat_messages_author_live");

        builder.HasOne<Live>().WithMany().HasForeignKey(message => message.LiveId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(message => message.AuthorId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ChatRestrictionModel : IEntityTypeConfiguration<ChatRestriction>
{
    public void Configure(EntityTypeBuilder<ChatRestriction> builder)
    {
        builder.ToTable("chat_restrictions");
        builder.HasKey(restriction => restriction.Id);
        builder.HasIndex(restriction => new { restriction.ChannelId, restriction.UserId }).IsUnique().HasDatabaseName("ix_chat_restrictions_channel_user");
        builder.HasOne<Channel>().WithMany().HasForeignKey(restriction => restriction.ChannelId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(restriction => restriction.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ChatEmoteModel : IEntityTypeConfiguration<ChatEmote>
{
    public void Configure(EntityTypeBuilder<ChatEmote> builder)
    {
        builder.ToTable("chat_emotes");
        builder.HasKey(emote => emote.Id);
        builder.Property(emote => emote.Name).HasMaxLength(EmoteNames.MaxLength);
        builder.Property(emote => emote.FoldedName).HasMaxLength(EmoteNames.MaxLength);
        builder.Property(emote => emote.Picture).HasMaxLength(ChatEmote.PictureLength);
        builder.HasIndex(emote => emote.FoldedName).IsUnique().HasDatabaseName("ix_chat_emotes_folded_name");
    }
}

internal sealed class LiveChatModel : IEntityTypeConfiguration<LiveChat>
{
    public void Configure(EntityTypeBuilder<LiveChat> builder)
    {
        builder.ToTable("live_chats");
        builder.HasKey(chat => chat.LiveId);
        builder.Ignore(chat => chat.Rules);
        builder.HasOne<Live>().WithMany().HasForeignKey(chat => chat.LiveId).OnDelete(DeleteBehavior.Cascade);
    }
}
