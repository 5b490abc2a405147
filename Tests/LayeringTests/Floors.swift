/// The house plan: on which floor each package lives. A package may import only packages on lower floors.
enum Floors {
    static let all: [String: Int] = [
        "Interfaces": 0,
        "Crypto": 1, "Transport": 1, "Storage-LMDB": 1, "Storage-SQLite": 1,
        "Storage": 2, "OnionPath": 2, "Swarm": 2, "Messages": 2, "NameService": 2,
        "Messenger": 4, "Devnet": 4,
    ]
}
