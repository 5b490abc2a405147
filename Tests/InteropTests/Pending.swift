/// What the vector directory holds beyond this version, by name: the only place where a vector is passed over.
enum Pending {
    /// Kinds of file whose subject this version does not have.
    static let kinds: Set<String> = [
        // The v2 form, communities' requests.
        "01-dm-v2-influx", "01-misc",
        "04-sogs-auth", "04-sogs-messages",
        // The complete storage RPC and its transcripts.
        "02-active-nodes-bin", "02-monitor", "02-swarm-transfer",
        "peer-storage-faults", "peer-storage-omq", "peer-storage-onion", "peer-storage-performance",
        "peer-storage-rpc", "peer-storage-unusual",
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

    /// Rows of kinds that have a runner.
    enum Rows {
        /// `oracle-group-messages`: a history of messages whose keys are in a group's keys config.
        static func needsGroupKeysConfig(_ row: Vector) -> Bool { !row["in"].group_key.isPresent }

        /// `04-push`: what a push server refuses.
        static func isPushServersRule(_ row: Vector) -> Bool {
            let beginnings = ["namespaces", "sig_ts", "request body"]
            return (try? row.input.text).map { text in beginnings.contains { text.hasPrefix($0) } } ?? false
        }

        /// `04-pro`: what is asked of the backend; proofs are read and checked, and never asked for.
        static let proRequests: Set<String> = [
            "generate_pro_proof", "get_pro_details", "add_pro_payment_google", "set_payment_refund_requested_apple",
        ]
    }
}
