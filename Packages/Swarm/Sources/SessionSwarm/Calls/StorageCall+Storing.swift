import SessionInterfaces

extension StorageCall where Answer == StoreReceipt {
    /// Keeps `item`.
    ///
    /// When nodes say that the clock is wrong, and it was, only the times are renewed: the data, and with it the
    /// message's hash, stay what they are.
    /// - Parameter credential: needed outside of public inboxes.
    public static func store(
        _ item: StorageItem, credential: SwarmCredential? = nil, quorum: Quorum = .one
    ) -> StorageCall {
        StorageCall(about: item.account) { (time) throws(SwarmError) in
            try .store(item.dated(item.timestamp + time.shift), credential: credential, signedAt: time.moment)
        } answer: { body, origin in
            StoreReceipt(try confirmations(of: item.hash, in: body, from: origin, quorum), for: item)
        }
    }

    private static func confirmations(
        of hash: MessageHash, in body: JSONValue, from origin: AnswerOrigin, _ quorum: Quorum
    ) throws(SwarmError) -> SwarmAnswer<StoreConfirmation> {
        try SwarmAnswer(body, from: origin, quorum: quorum) { part in
            guard part["hash"]?.string == hash.text else { return nil }
            return (
                .confirmedStore(hash),
                StoreConfirmation(
                    expiry: Timestamp(plausible: part["expiry"]), wasThere: part["already"]?.isSet ?? false)
            )
        }
    }
}

/// One member's part of the answer to `store`. Follows protocol document 02, section 4.6.
struct StoreConfirmation: Hashable, Sendable {
    /// When the member will forget the message, if it says so plausibly.
    let expiry: Timestamp?
    let wasThere: Bool
}

extension StorageItem {
    fileprivate func dated(_ timestamp: Timestamp) -> StorageItem {
        StorageItem(account: account, namespace: namespace, data: data, timestamp: timestamp, timeToLive: timeToLive)
    }
}
