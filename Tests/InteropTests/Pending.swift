/// What the vector directory holds beyond this version, by name: the only place where a vector is passed over.
enum Pending {
    /// Kinds of file whose subject this version does not have.
    static let kinds: Set<String> = [
        // Accounts' and groups' shared configuration.
        "03-bt-encoding", "03-config-crypto", "03-config-message", "03-config-multipart", "03-config-types",
        "03-config-user-profile", "03-group-info-members", "03-group-keys",
        "oracle-config-contacts", "oracle-config-convo", "oracle-config-crypto", "oracle-config-message",
        "oracle-config-multipart", "oracle-config-user-groups", "oracle-config-user-profile",
        "oracle-group-info-members", "oracle-group-keys",
        // Attachments, communities, file and community servers.
        "04-attachments-legacy", "04-attachments-stream", "04-community-urls", "04-file-server",
        "04-profile-picture", "oracle-attachments",
        "peer-file-http", "peer-file-onion", "peer-sogs-http", "peer-sogs-onion",
    ]
}
