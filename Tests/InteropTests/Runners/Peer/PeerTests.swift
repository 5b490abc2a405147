import SessionInterfaces
import Testing

/// Transcripts of real storage servers, replayed against the devnet over TLS: status, body, and all values that are not
/// random.
@Suite(.serialized, .timeLimit(.minutes(5))) struct PeerStorageTests {
    @Test(arguments: VectorDirectory.kinds.filter { PeerKinds.storage.contains($0) })
    func replay(kind: String) async throws {
        let file = try PeerFile(kind)
        #expect(!file.transcripts.isEmpty, "\(kind): no transcripts")
        try await PeerStage.run(file) { stage in await PeerReplay(file, on: stage).run() }
    }
}

/// Kinds of file that the suites of peers replay, which need sockets.
enum PeerKinds {
    static let storage: Set = [
        "peer-storage-rpc", "peer-storage-unusual", "peer-storage-onion", "peer-storage-faults", "peer-storage-omq",
    ]
    static let all = storage.union(["peer-storage-performance"])
}
