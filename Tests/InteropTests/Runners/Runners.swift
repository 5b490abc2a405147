/// The runner of each kind of file.
enum Runners {
    typealias Runner = @Sendable (_ file: Vector, _ tally: Tally) throws -> Void

    static let all: [String: Runner] = [
        "01-accounts": AccountRunner.derived,
        "oracle-account": AccountRunner.oracle,
        "01-wordlists": PhraseRunner.lists,
        "oracle-mnemonic": PhraseRunner.oracle,
        "oracle-xed25519": BlindingRunner.xed25519,
        "01-blinding": BlindingRunner.accounts,
        "04-blinding": BlindingRunner.communities,
        "oracle-blinding": BlindingRunner.oracle,
        "04-blinded-dm": BlindedMessageRunner.derived,
        "oracle-blinded-dm": BlindedMessageRunner.oracle,
        "01-dm-v1": DirectMessageRunner.derived,
        "oracle-session-protocol": DirectMessageRunner.oracle,
        "oracle-hash": HashRunner.oracle,
        "02-message-hash": HashRunner.messageHashes,
        "02-onion-encryption": OnionRunner.encryption,
        "02-onion-parse": OnionRunner.parsing,
        "02-onion-v4": OnionRunner.serverRequests,
        "oracle-onion": OnionRunner.oracle,
        "02-swarm-mapping": SwarmRunner.mapping,
        "02-auth-signatures": SignatureRunner.signatures,
        "03-group-swarm-auth": SubaccountRunner.derived,
        "03-multi-encrypt": MultiSealRunner.derived,
        "oracle-multi-encrypt": MultiSealRunner.oracle,
        "04-pro": ProRunner.derived,
        "05-ons-values": NameRunner.values,
        "05-ons-name-hash": NameRunner.hashes,
        "oracle-ons": NameRunner.oracle,
    ]
}
